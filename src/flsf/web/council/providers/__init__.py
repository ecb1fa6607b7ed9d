"""The council's pages about providers: find one, read about it, admit, check, suspend and lift."""
