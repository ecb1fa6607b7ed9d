"""Starts what serves FLSF, watches over it, and ends it.

`python -m flsf.launch demo` runs the made-up borough with a database of its own;
`reset` rebuilds it; `serve` runs a council's installation from DATABASE_URL. It stands
alone: it runs the rest as programs, so a fault there never takes the watchman with it.
"""
