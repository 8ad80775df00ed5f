"""What sets are built from."""
