"""Tests of the room of text."""
