#!/usr/bin/env python3
"""Sets up and runs the operator's console from a fresh clone; standard library only.

    python3 run.py                 the console; without a display, the scripted tour
    python3 run.py setup           only the set-up
    python3 run.py test [ARGS]     set-up and all tests; ARGS go to pytest
    python3 run.py test --shifted-clock [--seed N]
                                   unit tests and those of sync on another day and in another zone
    python3 run.py tour [ARGS]     the scripted tour on a display of its own
    python3 run.py tour --help     what the tour takes
    python3 run.py uninstall       removes the set-up, unless records wait that nobody else has

What is missing of the system is installed with apt when run as root on Debian; else one line to
run with sudo is printed and nothing is changed.
"""

import os
import sys

MINIMUM = (3, 11)
PYTHON_PACKAGES = ["python3", "python3-venv"]

# Debian's python3-minimal lacks some of these; a person then needs one line, not a traceback.
try:
    import ctypes
    import ensurepip  # noqa: F401  # what `venv` needs, packaged apart by Debian
    import glob
    import hashlib
    import shutil
    import subprocess
    import venv
    from pathlib import Path
except ImportError as missing:
    if "--set-up-python" in sys.argv or not hasattr(os, "geteuid"):
        sys.exit(f"This Python lacks a part of its standard library: {missing.name}")
    if os.geteuid() != 0:
        sys.exit("Run this once, then start again:\n  sudo apt-get install -y python3 python3-venv")
    os.system("apt-get update -qq && apt-get install -y -qq " + " ".join(PYTHON_PACKAGES))  # noqa: S605  # no subprocess module may be here yet, and the words are constant
    os.execv("/usr/bin/python3", ["python3", *sys.argv, "--set-up-python"])  # noqa: S606

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"

# Shared libraries the wheels load, and the Debian packages that bring them, first name that apt
# knows. Qt names a missing one only when it is already too late, and only one at a time.
WINDOW_LIBRARIES = {
    "libGL.so.1": ["libgl1"],
    "libEGL.so.1": ["libegl1"],
    "libglib-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
    "libfontconfig.so.1": ["libfontconfig1"],
    "libxkbcommon.so.0": ["libxkbcommon0"],
    "libdbus-1.so.3": ["libdbus-1-3"],
    "libxcb-cursor.so.0": ["libxcb-cursor0"],
    "libxkbcommon-x11.so.0": ["libxkbcommon-x11-0"],
    "libxcb-icccm.so.4": ["libxcb-icccm4"],
    "libxcb-keysyms.so.1": ["libxcb-keysyms1"],
    "libxcb-shape.so.0": ["libxcb-shape0"],
    "libpulse-simple.so.0": ["libpulse0"],
    "libpulse.so.0": ["libpulse0"],
}
TOUR_PROGRAMS = {
    "Xvfb": ["xvfb"],
    "xdotool": ["xdotool"],
    "setxkbmap": ["x11-xkb-utils"],
    "import": ["imagemagick"],
    "pdftotext": ["poppler-utils"],
}
TEST_PROGRAMS = {
    **TOUR_PROGRAMS,
    "kamailio": ["kamailio"],
    "/usr/lib/*/kamailio/modules/tls.so": ["kamailio-tls-modules"],
    "/usr/lib/*/kamailio/modules/presence.so": ["kamailio-presence-modules"],
    "baresip": ["baresip"],
    "sipp": ["sip-tester"],
    "espeak-ng": ["espeak-ng"],
    # Compiles the clock of a test run on another day.
    "cc": ["gcc"],
    "/usr/include/dlfcn.h": ["libc6-dev"],
    "pulseaudio": ["pulseaudio"],
    "pactl": ["pulseaudio-utils"],
    "pipewire": ["pipewire"],
    "pipewire-pulse": ["pipewire-pulse"],
    "wireplumber": ["wireplumber"],
    "initdb": ["postgresql"],
    "/usr/lib/*/libhunspell-1.7.so.0": ["libhunspell-1.7-0"],
    "/usr/share/hunspell/ru_RU.dic": ["hunspell-ru"],
    # What a screen reader reads by, and the system's Python that does the reading.
    "dbus-daemon": ["dbus-daemon", "dbus"],
    "/usr/libexec/at-spi-bus-launcher": ["at-spi2-core"],
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": ["gir1.2-atspi-2.0"],
    "/usr/lib/python3/dist-packages/gi/__init__.py": ["python3-gi"],
}
# Looks better with it, works without: installed together with what is needed, never asked for.
WISHES = {
    "/usr/share/fonts/truetype/inter*": ["fonts-inter-variable", "fonts-inter"],
    "/usr/lib/*/libhunspell-1.7.so.0": ["libhunspell-1.7-0"],
    "/usr/share/hunspell/ru_RU.dic": ["hunspell-ru"],
}
PROGRAM_FOLDERS = ["/usr/sbin", "/sbin", "/usr/local/sbin"]


def say(text: str) -> None:
    """Progress goes to stderr: the tour's stdout is for its own lines only."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    arguments = [word for word in arguments if word != "--set-up-python"]
    venv_folder = HERE / ".venv"
    if arguments[:1] == ["--venv"] and len(arguments) > 1:
        venv_folder = Path(arguments[1]).resolve()
        arguments = arguments[2:]
    command = arguments[0] if arguments else "console"
    if command in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if sys.version_info < MINIMUM:
        say(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
        return 1
    rest = arguments[1:]
    match command:
        case "console":
            return run_console(venv_folder, [])
        case "setup":
            set_up(venv_folder, TOUR_PROGRAMS)
            say("Ready: python3 run.py")
            return 0
        case "tour":
            python = set_up(venv_folder, TOUR_PROGRAMS)
            return run(python, ["-m", "console.training", "tour", *rest])
        case "test" if rest[:1] == ["--shifted-clock"]:
            python = set_up(venv_folder, TEST_PROGRAMS)
            return run(python, ["-m", "tests.shifted_clock", *rest[1:]])
        case "test":
            python = set_up(venv_folder, TEST_PROGRAMS)
            return run(python, ["-m", "pytest", *rest], {"QT_QPA_PLATFORM": "offscreen"})
        case "uninstall":
            return uninstall(venv_folder, rest)
        case word if word.startswith("-"):
            return run_console(venv_folder, arguments)
        case word:
            say(f"Unknown command: {word}\n{__doc__}")
            return 2


def run_console(venv_folder: Path, arguments: list[str]) -> int:
    """The console on the user's display; without one, the tour, which brings its own."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        if arguments:
            say("There is no display for the console.")
            return 1
        say("There is no display here: playing the scripted tour on a display of its own.")
        python = set_up(venv_folder, TOUR_PROGRAMS)
        return run(python, ["-m", "console.training", "tour"])
    python = set_up(venv_folder, {})
    return run(python, ["-m", "console", *arguments])


def uninstall(venv_folder: Path, arguments: list[str]) -> int:
    """Remove the venv; the register stays. ``--store FILE`` names one that is not this user's."""
    python = interpreter(venv_folder)
    if not python.exists():
        say("Nothing is set up here.")
        return 0
    asked = subprocess.run(
        [str(python), "-m", "sync", "reset", "--check", *arguments], cwd=HERE, check=False
    )
    if asked.returncode != 0:
        say("Nothing was removed.")
        return asked.returncode
    shutil.rmtree(venv_folder)
    say("The set-up is removed; the register, its key and the settings stay where they are.")
    return 0


def run(python: Path, arguments: list[str], environment: dict[str, str] | None = None) -> int:
    os.environ.update(environment or {})
    os.chdir(HERE)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(python, [str(python), *arguments])  # noqa: S606  # our own venv's interpreter
    return subprocess.run([str(python), *arguments], cwd=HERE, check=False).returncode


# --- the system ---


def set_up(venv_folder: Path, programs: dict[str, list[str]]) -> Path:
    """Everything that is needed is there afterwards; returns the venv's interpreter."""
    if sys.platform == "linux":
        install_system_packages(missing_packages(programs))
    return make_venv(venv_folder)


def missing_packages(programs: dict[str, list[str]]) -> list[list[str]]:
    """For each thing that is missing, the packages that may bring it."""
    missing = [names for soname, names in WINDOW_LIBRARIES.items() if not loads(soname)]
    missing += [names for program, names in programs.items() if not has_program(program)]
    if missing:
        missing += [names for pattern, names in WISHES.items() if not glob.glob(pattern)]
    return missing


def loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_program(program: str) -> bool:
    if program.startswith("/"):
        return bool(glob.glob(program))
    path = os.pathsep.join([os.environ.get("PATH", ""), *PROGRAM_FOLDERS])
    if shutil.which(program, path=path):
        return True
    # Debian keeps the server's programs out of the path, one folder a version.
    return program == "initdb" and any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def install_system_packages(missing: list[list[str]]) -> None:
    if not missing:
        return
    first_choice = sorted({names[0] for names in missing})
    if not shutil.which("apt-get"):
        sys.exit(
            "These packages (Debian's names) are missing; install what your system calls them:\n  "
            + " ".join(first_choice)
        )
    if os.geteuid() != 0:
        sys.exit(
            "The system lacks some packages. Run this once, then start again:\n"
            f"  sudo apt-get install -y --no-install-recommends {' '.join(first_choice)}"
        )
    say(f"Installing {len(first_choice)} system packages: {' '.join(first_choice)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True, stdout=sys.stderr)
    chosen = sorted({known_to_apt(names) for names in missing})
    # Recommended packages would bring a mail server and a desktop along.
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *chosen],
        env=environment,
        check=True,
        stdout=sys.stderr,
    )


def known_to_apt(names: list[str]) -> str:
    for name in names:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if shown.returncode == 0:
            return name
    return names[0]


# --- Python's packages ---


def interpreter(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv(folder: Path) -> Path:
    """A venv with exactly what the lock names; made anew only when lock or Python changed."""
    python = interpreter(folder)
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "edinyi-nomer.stamp"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    say(f"Making the Python environment in {folder.name} (once; the download is about 250 MB)")
    venv.create(folder, with_pip=True, clear=True)
    total = sum(1 for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line)
    install_lock(python, total)
    stamp.write_text(wanted)
    return python


def install_lock(python: Path, total: int) -> None:
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--requirement",
        str(LOCK),
    ]
    seen = 0
    tail: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            tail = [*tail[-20:], line]
            if line.startswith("Collecting "):
                seen += 1
                say(f"  {seen:2} of at most {total}: {line.split()[1].split('==')[0]}")
            elif line.startswith("Installing collected"):
                say("  unpacking")
    if process.returncode != 0:
        sys.exit("pip could not install the packages of requirements.lock:\n" + "".join(tail))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
