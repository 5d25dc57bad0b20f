"""Faults to survive: each injected, counted, and tried on a broken build too, which the same harness must catch."""
