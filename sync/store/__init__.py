"""Databases of the register: local, central, and the migrations of both."""
