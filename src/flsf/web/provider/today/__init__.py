"""The day's sessions, on a phone."""
