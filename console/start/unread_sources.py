"""Keeps the Qt binding from reading the source of every module that is imported.

It looks in each for its own name, to tell who may ask for names in another spelling
(``from __feature__ import``). Nobody does here; and the lines stay in ``linecache``, 10 MB of them.
"""

import sys

_FEATURES = "shibokensupport.feature"
_READS = "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Whether it leaves them from now on; a binding that has another way goes on as it does."""
    features = sys.modules.get(_FEATURES)
    if features is None or not hasattr(features, _READS):
        return False
    setattr(features, _READS, lambda _module: False)
    return True
