"""Operator state: the menu that selects it, and its signalling to the phone and the PBX."""
