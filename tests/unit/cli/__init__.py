"""Commands, each as a user types it."""
