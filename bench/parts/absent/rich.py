"""Development brings rich along, and structlog loads it where it is; whoever only runs Alongside has none."""

raise ImportError("rich is no part of what people install")
