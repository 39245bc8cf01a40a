"""A grader for Jupyter assignments: nbgrader's marks on any nbgrader course."""
