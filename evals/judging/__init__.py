"""Judges of faithfulness behind one protocol, and how good they are themselves."""

from evals.judging.judge import Judge, Judgement, Label

__all__ = ["Judge", "Judgement", "Label"]
