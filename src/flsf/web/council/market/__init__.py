"""How few providers have how much, and telling providers what will be needed."""
