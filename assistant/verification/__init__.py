"""Checks of an answer's sentences against the papers they cite."""

from assistant.verification.verdict import Verdict, Verifier
from assistant.verification.verifier import ModelVerifier

__all__ = ["ModelVerifier", "Verdict", "Verifier"]
