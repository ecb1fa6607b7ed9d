"""Bank holidays, school terms and the days a school is shut."""
