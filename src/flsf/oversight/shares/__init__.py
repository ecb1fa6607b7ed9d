"""How the market is made up and shared: who is in it, who is bought from, who is paid."""
