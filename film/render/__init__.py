"""Makes keyframes."""
