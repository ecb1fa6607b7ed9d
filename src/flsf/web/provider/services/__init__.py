"""A provider's own services: what they are, their places, prices and status."""
