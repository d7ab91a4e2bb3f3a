"""Pages of programmes: `programmes` and their people, `design` on paper, `model`, `launching`, `copying`."""
