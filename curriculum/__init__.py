"""The back-end developer's learning path: typed data, lessons, exercises, and the learner's side of the course."""
