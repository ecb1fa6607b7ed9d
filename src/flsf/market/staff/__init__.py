"""Who works for a provider, the checks each needs, and the letter that says they are done."""
