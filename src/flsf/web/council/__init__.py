"""Pages for council staff and those who oversee them."""
