"""Signs that a provider, or what hangs on it, may not last."""
