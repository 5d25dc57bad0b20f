"""Tests of one thing at a time; the folders mirror src."""
