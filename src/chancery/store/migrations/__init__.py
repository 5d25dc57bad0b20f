"""The tables of a ledger, version after version; each is an upgrade in place."""
