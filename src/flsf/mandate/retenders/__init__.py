"""A framework is tendered again after a challenge, under short-term waivers meanwhile."""
