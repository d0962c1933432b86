"""The terminal: renders results and effects, turns keys into events."""
