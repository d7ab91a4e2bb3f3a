"""Pages of complaints: `complaining` for whoever has one, `handling` for whoever answers."""
