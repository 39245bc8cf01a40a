"""X."""

from __future__ import annotations

from autograder.engine.forking import Zygote
from autograder.sandbox.settings import LAYERS, Level


def probe(warm: Zygote) -> Level:
    """X."""
    return Level(tuple(layer for layer in LAYERS if layer in warm.settings.wanted))
