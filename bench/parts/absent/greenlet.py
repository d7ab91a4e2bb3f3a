"""Development brings greenlet along, and structlog loads it where it is; whoever only runs Alongside has none."""

raise ImportError("greenlet is no part of what people install")
