"""What the council publishes in its own words: what every school does, and life after 16."""
