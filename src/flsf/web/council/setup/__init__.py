"""What a council still has to do before it can begin (journey J0)."""
