"""Can I join? Five questions, and a link by email to begin."""
