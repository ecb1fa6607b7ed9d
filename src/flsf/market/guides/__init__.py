"""What the council publishes on the Local Offer in its own words, in versions (S232, S241)."""
