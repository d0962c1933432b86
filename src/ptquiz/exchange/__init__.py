"""Cards of other programs: read them as plain cards, write decks for them. Nothing that is read is ever executed."""
