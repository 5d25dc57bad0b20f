"""Tests of the room of ledger."""
