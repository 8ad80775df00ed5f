"""Where craft meets infrastructure: one numbered file a stage."""
