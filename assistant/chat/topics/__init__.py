"""A map of the library by topic: where papers lie, which belong together, and what about."""
