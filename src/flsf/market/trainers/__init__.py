"""Who gives training and apprenticeships near here: a list the council keeps (S259)."""
