"""Tests of the live runner, with real torch and a real sandbox."""
