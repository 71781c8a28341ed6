"""Training caller, scripted demo, screenshots, and speech files of the scenarios."""
