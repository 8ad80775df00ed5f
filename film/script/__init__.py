"""Reads scripts: text in, elements with their spans out."""
