"""What happens to every request, whatever route it is for."""
