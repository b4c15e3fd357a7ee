"""Prompts as data, one file each."""
