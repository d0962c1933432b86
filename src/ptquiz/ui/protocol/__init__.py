"""A practice session as JSON Lines, for editors, scripts and tests; docs/protocol.md describes it."""
