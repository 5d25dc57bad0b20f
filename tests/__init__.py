"""The tests of Chancery."""
