"""Registries that earlier packages ask and later packages fill: gates, panels, next steps, funnel steps, navigation."""
