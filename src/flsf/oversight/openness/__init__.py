"""Evidence that a framework is open: what was done, and the facts behind the five principles."""
