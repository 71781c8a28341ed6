"""The console returns freed memory to the system and uses few malloc arenas; tested in a separate
process.
"""

import subprocess
import sys
from pathlib import Path

import pytest

BEGUN = """
import ctypes, pathlib, threading
from console.__main__ import main
try:
    main(["--help"])
except SystemExit:
    pass
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
libc.malloc.argtypes = (ctypes.c_size_t,)
libc.free.argtypes = libc.fclose.argtypes = (ctypes.c_void_p,)
libc.malloc_info.argtypes = (ctypes.c_int, ctypes.c_void_p)
MB = 1024 * 1024

def held_mb():
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024

def used(size):
    block = libc.malloc(size)
    ctypes.memset(block, 1, size)
    return block
"""
AFTER_A_LARGE_BLOCK = """
libc.free(used(30 * MB))
block = used(12 * MB)
before_mb = held_mb()
libc.free(block)
print(before_mb - held_mb())
"""
HEAPS = """
import os
everybody = threading.Barrier(12)

def work():
    block = used(1000)
    everybody.wait()
    libc.free(block)

threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
reader, writer = os.pipe()
stream = libc.fdopen(writer, b"w")
libc.malloc_info(0, stream)
libc.fclose(stream)
print(os.read(reader, 1 << 16).count(b"<heap "))
"""

HOLES = """
import time
from console.core.runtime_tuning import HolesGivenBack
blocks = [used(100_000) for _ in range(400)]
before_mb = held_mb()
for place, block in enumerate(blocks):
    if place % 10:
        libc.free(block)
kept_mb = before_mb - held_mb()
holes = HolesGivenBack(every_s=0.01)
holes.start()
until_s = time.monotonic() + 20
while before_mb - held_mb() < 30 and time.monotonic() < until_s:
    time.sleep(0.01)
holes.stop()
print(kept_mb, before_mb - held_mb())
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the GNU C library's own settings")


def told_by_a_console(script: str) -> str:
    """Last output of a process started as the console is."""
    done = subprocess.run(
        [sys.executable, "-c", BEGUN + script],
        cwd=Path(__file__).resolve().parents[4],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_what_was_freed_goes_back_after_a_large_block_too() -> None:
    assert float(told_by_a_console(AFTER_A_LARGE_BLOCK)) > 11


def test_threads_share_two_heaps() -> None:
    assert int(told_by_a_console(HEAPS)) <= 2


def test_what_lies_free_among_others_goes_back_too() -> None:
    by_itself_mb, later_mb = map(float, told_by_a_console(HOLES).split())

    assert by_itself_mb < 10
    assert later_mb > 30
