"""The commissioning review: what each provision in use today rests on, and what it lacks (S50)."""
