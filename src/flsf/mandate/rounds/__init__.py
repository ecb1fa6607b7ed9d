"""The rounds in which providers may apply: from when until when, and what was published of each."""
