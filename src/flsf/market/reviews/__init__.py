"""A provider's policies are reviewed, and what it does is judged against statutory guidance."""
