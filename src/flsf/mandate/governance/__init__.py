"""Why the framework may be as it is: positions, advice, risks, challenges, conflicts, guidance."""
