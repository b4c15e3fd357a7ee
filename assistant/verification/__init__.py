"""Checks of an answer's sentences against the papers they cite."""

from assistant.verification.rules import RuleVerifier
from assistant.verification.verdict import Verdict, Verifier

__all__ = ["RuleVerifier", "Verdict", "Verifier"]
