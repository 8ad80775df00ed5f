"""Whatever the API's document allows, asked of the API: schemathesis' own process alone reads `hooks`."""

PREFIX = "/api/v1"
METRICS = "a token of the tests alone"
"""What figures are told for."""
