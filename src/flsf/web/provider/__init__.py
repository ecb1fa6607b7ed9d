"""Pages for providers and the people who work for them."""
