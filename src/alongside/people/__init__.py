"""People of an organisation: profiles, skills, who manages whom, and the import of a roster."""
