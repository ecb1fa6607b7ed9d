"""What Marlbeck is: values only, the same on every machine, dated from the day it is made."""
