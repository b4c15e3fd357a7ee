"""The routes, one file for each thing that a caller can ask for."""
