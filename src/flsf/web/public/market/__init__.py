"""The market for anyone: who is in it, and what will be needed."""
