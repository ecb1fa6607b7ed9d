"""Who gives training and apprenticeships, and places for supported internships."""
