"""What benchmarks are to reach, and how what they measured is shown: a table and a plot in `docs`."""
