"""What runs as a process of its own, and writes what it measured as JSON."""
