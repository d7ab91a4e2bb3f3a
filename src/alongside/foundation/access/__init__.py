"""Who may read or do what: policy rows, predicates, and the one door to a record."""
