"""Rules on the text of exercises and lessons, each a function that yields findings."""
