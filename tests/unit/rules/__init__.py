"""Tests of the room of rules."""
