"""Pages of pairs: `pair` for the two, `programme` for whoever coordinates."""
