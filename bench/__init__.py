"""Measurements: each figure beside its peer or its limit, taken in one run."""
