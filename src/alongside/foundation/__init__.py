"""What every later package stands on and what knows nothing of mentoring: one folder a job."""
