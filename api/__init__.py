"""The thin HTTP face."""
