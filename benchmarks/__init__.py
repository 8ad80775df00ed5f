"""Each module prints one JSON object, ratios first."""
