"""What `make bench` measures; see tools/bench.py."""
