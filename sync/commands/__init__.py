"""Commands of ``python -m sync``; ``sync.cli`` adds each to its parser."""
