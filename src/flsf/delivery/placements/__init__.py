"""A child's place with a provider, from planned to ended."""
