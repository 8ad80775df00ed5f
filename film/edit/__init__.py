"""Cuts, encodes, subtitles and verifies the film."""
