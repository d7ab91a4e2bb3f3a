"""Long work on the database: progress, cancel, worker."""
