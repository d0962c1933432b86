"""The quiz engine: pure steps from a session and an event to a session and effects."""
