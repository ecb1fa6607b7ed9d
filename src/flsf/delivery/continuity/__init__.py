"""Whether a child stays with a provider that may take no new children: one decision for each."""
