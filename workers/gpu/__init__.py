"""The GPU worker."""
