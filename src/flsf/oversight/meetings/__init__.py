"""Contract review meetings with each provider: when, what was said, and what was agreed."""
