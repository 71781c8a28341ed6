"""The pages of settings: a frame, and a section for each matter."""
