"""The local lab: real servers on one machine."""
