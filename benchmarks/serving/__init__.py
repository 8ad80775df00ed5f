"""What `benchmarks.api` is made of."""
