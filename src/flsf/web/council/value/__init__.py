"""Social value and sustainability: promised, told and delivered."""
