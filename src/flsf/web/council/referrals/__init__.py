"""Requests for support: reading, answering and moving them on."""
