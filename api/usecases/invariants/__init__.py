"""What must hold of an installation at any time, each looked at by itself."""
