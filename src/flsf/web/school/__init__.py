"""A school refers its pupils and follows them (J3)."""
