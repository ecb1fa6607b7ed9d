"""Purchases outside the framework: under which waiver, why, and until when."""
