"""The suites of figures, in the order in which they are printed. A new subject is a new module here."""

from bench.suites import deciding, limits, loading, log, memory, power, reading, storing

SUITES = {
    "loading": loading.SUITE,
    "reading": reading.SUITE,
    "memory": memory.SUITE,
    "deciding": deciding.SUITE,
    "limits": limits.SUITE,
    "power": power.SUITE,
    "log": log.SUITE,
    "storing": storing.SUITE,
}

__all__ = ["SUITES"]
