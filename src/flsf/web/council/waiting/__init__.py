"""Who has no offer yet, by how long."""
