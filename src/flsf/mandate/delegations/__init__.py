"""Who may award and extend, from whom they have that power, and by which minute."""
