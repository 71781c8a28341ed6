#!/usr/bin/env python3
"""Set up and run the operator's console from a fresh clone. Needs only Python's standard library.

    python3 run.py                 Open the console; without a display, play the scripted tour
    python3 run.py OPTIONS         Open the console with these options
    python3 run.py setup           Set up the environment only
    python3 run.py test [ARGS]     Set up and run all tests; ARGS are passed to pytest
    python3 run.py test --shifted-clock [--seed N]
                                   Run the unit and sync tests with another date and time zone
    python3 run.py tour [ARGS]     Play the scripted tour on a virtual display
    python3 run.py tour --help     Show the options of the tour
    python3 run.py uninstall       Delete the environment; refuse if the local database holds
                                   unsent records

Missing system packages are installed with apt if the command runs as root on Debian. Otherwise
the command to install them is printed and nothing is changed.
"""

import os
import sys

MINIMUM = (3, 11)
PYTHON_PACKAGES = ["python3", "python3-venv"]

# Debian's python3-minimal lacks some of these modules; print the remedy instead of a traceback.
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
        sys.exit(f"The standard library lacks {missing.name}. Install a complete Python.")
    if os.geteuid() != 0:
        sys.exit(
            "Python's standard library is incomplete. Install these packages, then run the command "
            "again:\n  sudo apt-get install -y python3 python3-venv"
        )
    os.system("apt-get update -qq && apt-get install -y -qq " + " ".join(PYTHON_PACKAGES))  # noqa: S605  # subprocess may be missing, and the arguments are constant
    os.execv("/usr/bin/python3", ["python3", *sys.argv, "--set-up-python"])  # noqa: S606

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"

# Shared libraries that the wheels load, and the Debian packages that contain them; the first name
# known to apt is used. Qt reports a missing library only at run time, and only one at a time.
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
    # Compiles the library of the shifted clock.
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
    # Accessibility bus, and its bindings for the Python of the system.
    "dbus-daemon": ["dbus-daemon", "dbus"],
    "/usr/libexec/at-spi-bus-launcher": ["at-spi2-core"],
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": ["gir1.2-atspi-2.0"],
    "/usr/lib/python3/dist-packages/gi/__init__.py": ["python3-gi"],
}
# Optional packages: installed together with missing required ones, never on their own.
WISHES = {
    "/usr/share/fonts/truetype/inter*": ["fonts-inter-variable", "fonts-inter"],
    "/usr/lib/*/libhunspell-1.7.so.0": ["libhunspell-1.7-0"],
    "/usr/share/hunspell/ru_RU.dic": ["hunspell-ru"],
}
PROGRAM_FOLDERS = ["/usr/sbin", "/sbin", "/usr/local/sbin"]


def say(text: str) -> None:
    """Prints progress to stderr; stdout is reserved for the output of the command."""
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
        say(f"Python 3.11 or newer is required; this is {sys.version.split()[0]}.")
        return 1
    rest = arguments[1:]
    match command:
        case "console":
            return run_console(venv_folder, [])
        case "setup":
            set_up(venv_folder, TOUR_PROGRAMS)
            say("Setup complete. Start the console: python3 run.py")
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
    """Runs the console on the user's display; without a display, the tour on a virtual one."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        if arguments:
            say("The console needs a display; no display was found.")
            return 1
        say("No display was found: playing the scripted tour on a virtual display.")
        python = set_up(venv_folder, TOUR_PROGRAMS)
        return run(python, ["-m", "console.training", "tour"])
    python = set_up(venv_folder, {})
    return run(python, ["-m", "console", *arguments])


def uninstall(venv_folder: Path, arguments: list[str]) -> int:
    """Deletes the venv but not the register; ``--store FILE`` selects another register to check."""
    python = interpreter(venv_folder)
    if not python.exists():
        say(f"Nothing to delete: {venv_folder} does not exist.")
        return 0
    asked = subprocess.run(
        [str(python), "-m", "sync", "reset", "--check", *arguments], cwd=HERE, check=False
    )
    if asked.returncode != 0:
        say("Nothing was deleted.")
        return asked.returncode
    shutil.rmtree(venv_folder)
    say(f"Deleted {venv_folder}. The local database, its key and the settings were kept.")
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
    """Installs missing system packages and creates the venv; returns the venv's interpreter."""
    if sys.platform == "linux":
        install_system_packages(missing_packages(programs))
    return make_venv(venv_folder)


def missing_packages(programs: dict[str, list[str]]) -> list[list[str]]:
    """Returns, for each missing library or program, the packages that may contain it."""
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
    # Debian installs PostgreSQL's server programs outside of the path, in a folder per version.
    return program == "initdb" and any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def install_system_packages(missing: list[list[str]]) -> None:
    if not missing:
        return
    first_choice = sorted({names[0] for names in missing})
    if not shutil.which("apt-get"):
        sys.exit(
            "System packages are missing. Install these or their equivalents (Debian names):\n  "
            + " ".join(first_choice)
        )
    if os.geteuid() != 0:
        sys.exit(
            "System packages are missing. Install them, then run the command again:\n"
            f"  sudo apt-get install -y --no-install-recommends {' '.join(first_choice)}"
        )
    say(f"Installing {len(first_choice)} system packages: {' '.join(first_choice)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True, stdout=sys.stderr)
    chosen = sorted({known_to_apt(names) for names in missing})
    # Recommended packages would install a mail server and a desktop.
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
    """Creates a venv from the lock file if the lock file or Python changed; returns its Python."""
    python = interpreter(folder)
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "edinyi-nomer.stamp"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    say(f"Creating the Python environment in {folder} (downloads about 250 MB)")
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
                say(f"  {seen:2} of up to {total}: {line.split()[1].split('==')[0]}")
            elif line.startswith("Installing collected"):
                say("  installing the packages")
    if process.returncode != 0:
        sys.exit("pip could not install the packages in requirements.lock:\n" + "".join(tail))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
