"""What crosses a boundary: models, enumerations, the pipeline as a table."""
