"""The commands of `backend-path`, a module for each group of them that belongs together."""
