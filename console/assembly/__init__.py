"""Builds and connects the presenters and services of the features, a module per feature."""
