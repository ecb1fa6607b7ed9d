"""Numbers the law or the council sets, each with its source and the day it began."""
