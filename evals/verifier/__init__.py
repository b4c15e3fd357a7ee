"""Trains and measures the offline verifier; see README.md in this folder."""
