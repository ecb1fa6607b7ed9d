"""Who looked at which child's record, and what was done: for information governance."""
