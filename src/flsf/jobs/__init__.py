"""What the clock sets off: nightly work that calls flows and actions."""
