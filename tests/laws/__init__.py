"""Laws: what holds for every record and every value, searched by Hypothesis."""
