"""What `benchmarks.compose` makes films of, how others make the same film, and how alike the results are."""
