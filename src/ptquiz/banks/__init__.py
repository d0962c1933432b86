"""Read decks: YAML to domain types, every problem with its position. The only importer of yaml."""
