"""How the money is spent, for anyone."""
