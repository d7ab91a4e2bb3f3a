"""The demo: two invented organisations, replayed through the actions in the order of time."""
