"""What happens, in which order. Deterministic."""
