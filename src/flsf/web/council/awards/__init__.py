"""Awards: proposed by those who match, decided by those whose limit reaches."""
