"""A day of films over a fleet of GPU machines, simulated: what `benchmarks.fleet_simulation` is made of."""
