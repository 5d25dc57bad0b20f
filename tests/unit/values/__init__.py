"""Tests of the room of values."""
