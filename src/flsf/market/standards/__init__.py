"""One set of standards and one safeguarding procedure for every provider, in versions."""
