"""The author's tools: a new exercise, rules on its text, and the proof that it is a good one."""
