"""Shelves of a ledger: memory, SQLite, PostgreSQL. Django begins here: its migrations own the tables."""
