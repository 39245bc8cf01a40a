"""Shutting submissions in: namespaces, a view of few files, limits, and filters for system calls (docs/security.md)."""

from __future__ import annotations

from autograder.sandbox.settings import LAYERS, NEEDED, Isolation, Level, Limits, Settings

__all__ = ["LAYERS", "NEEDED", "Isolation", "Level", "Limits", "Settings"]
