"""A practice session as JSON Lines, for editors, scripts and tests; docs/reference/json.md describes it."""
