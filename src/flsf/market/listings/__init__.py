"""What a provider would have the public read, and what the council agreed to."""
