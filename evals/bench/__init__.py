"""Measures the program against its bare parts: `python -m evals.bench`."""
