"""Pages of concerns: `raising` for whoever is worried, `cases` for whoever handles them, `signposts` for numbers."""
