"""The only writer: propose, record, correct, withdraw, seal."""
