"""One indexed table of folded words over both databases."""
