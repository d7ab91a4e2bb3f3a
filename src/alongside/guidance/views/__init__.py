"""Pages of guidance: `reading` for what is read, `choosing` for what fits."""
