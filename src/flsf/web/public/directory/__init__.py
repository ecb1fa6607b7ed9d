"""Find support: the public list, searched, shown, saved, drawn and told what is missing."""
