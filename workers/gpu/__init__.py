"""The GPU worker's place. It comes with the SDXL renderer."""
