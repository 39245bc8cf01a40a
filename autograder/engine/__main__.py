"""`python -m autograder.engine` is a warm process; the grader starts it."""

from autograder.engine.warm import serve

serve()
