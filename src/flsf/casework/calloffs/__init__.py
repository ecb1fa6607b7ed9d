"""Support is bought lawfully: proposed, decided within a delegated limit, awarded."""
