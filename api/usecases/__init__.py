"""What users can do, free of HTTP."""
