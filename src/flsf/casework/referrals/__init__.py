"""Somebody asks for support for a child; clocks start; the family can see where it is."""
