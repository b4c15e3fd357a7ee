"""From source files to a searchable library on disk."""
