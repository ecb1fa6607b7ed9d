"""Contract management: when each provider is met, and what was agreed."""
