"""People and money."""
