"""Pages of sessions: `reading`, `planning`, `recording`."""
