"""The provider's own contract review meetings, and what it agreed to do."""
