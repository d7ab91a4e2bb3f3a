"""Getting ready: the code of ethics that is accepted, and what a programme asks before people begin (1.3, 2.3)."""
