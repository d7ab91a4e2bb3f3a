"""Programmes: why mentoring is offered, to whom, on which model, and who takes part (1.1, 1.4, 3.1)."""
