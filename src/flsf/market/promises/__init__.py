"""The good a provider promised to do nearby and for the climate, and what it delivered."""
