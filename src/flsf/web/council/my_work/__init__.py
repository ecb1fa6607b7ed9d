"""What there is to do for whoever looks, the most pressing first (hero screen 1)."""
