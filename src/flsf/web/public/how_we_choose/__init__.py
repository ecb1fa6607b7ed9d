"""The rules and weights by which services are chosen, in plain words."""
