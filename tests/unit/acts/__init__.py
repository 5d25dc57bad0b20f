"""Tests of the room of acts."""
