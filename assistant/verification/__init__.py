"""Checks of an answer's sentences against the papers they cite."""

from assistant.verification.rules import RuleVerifier
from assistant.verification.verdict import Verdict, Verifier
from assistant.verification.verifier import ModelVerifier

__all__ = ["ModelVerifier", "RuleVerifier", "Verdict", "Verifier"]
