"""The CPU worker."""
