"""Tests of the room of register."""
