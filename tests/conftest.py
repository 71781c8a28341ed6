"""What holds for every test: compiled modules are kept, examples are many and never timed."""

from __future__ import annotations

import os
import sys

from hypothesis import settings

# Tests start processes of the product all the time; each would compile all its modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine is no finding, so no example has a deadline. For a longer search:
# --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")
