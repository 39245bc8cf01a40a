"""The sealed judge: tests in one process, the learner's code in another, and plain data between them."""
