"""The open system of record of an international board: sourced acts in, the register of any day out."""

__version__ = "0.1.0"
