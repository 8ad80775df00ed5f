"""Moves the camera over keyframes."""
