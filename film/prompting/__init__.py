"""Says what each picture shall show, in words and as a plan."""
