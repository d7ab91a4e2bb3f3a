"""Who has read sensitive records of others, once per reader, record and day."""
