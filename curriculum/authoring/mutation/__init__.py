"""Mutants of a model solution: whether an exercise's tests notice small mistakes.

The operators are our own. cosmic-ray's (8.7, parso-based) were tried: they have none for texts, results, statements and
calls, which is what answers in this course are made of, and eleven replacements for each arithmetic operator, which
tell nothing that one doesn't; and installing them brings a web client, a Git library and a database layer along.
"""

from curriculum.authoring.mutation.mutants import Mutant, choose, diff, find_mutants, unmarked

__all__ = ["Mutant", "choose", "diff", "find_mutants", "unmarked"]
