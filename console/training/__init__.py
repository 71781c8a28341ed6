"""Training caller, demonstration tour, screenshots, and speech files of the lessons."""
