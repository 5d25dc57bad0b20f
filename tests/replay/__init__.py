"""The decisions of real bodies, decided again under the rules in records/rules, beside the outcomes on record."""
