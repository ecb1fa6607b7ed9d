"""The agreement each admission rests on, and changing all of them at once."""
