"""Keep the review log: one SQLite file, one transaction per entry. The only importer of sqlite3."""
