"""Directs a screenplay: scenes, shots, time, the scene graph."""
