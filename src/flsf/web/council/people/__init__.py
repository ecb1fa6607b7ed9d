"""The people who sign in: invite them, give them roles, close their accounts."""
