"""Makes the frames between keyframes with a video model. All but `lengths` needs torch."""
