"""Words that families meet, in plain words."""
