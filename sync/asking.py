"""Passwords asked for on the command line."""

from __future__ import annotations

import getpass
import sys


def ask_password(prompt: str) -> str:
    """Asked without showing it; from a pipe, one line."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
