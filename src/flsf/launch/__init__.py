"""Starts what the service needs on one machine and stops all of it again."""
