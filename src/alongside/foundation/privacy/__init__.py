"""What each personal field is for, on which basis, and how long it is kept."""
