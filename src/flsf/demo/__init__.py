"""Marlbeck, a made-up borough to look at. Made only through actions, as a real one is."""
