"""Paints keyframes with Stable Diffusion XL. It alone knows torch and diffusers; nothing else of `film` imports it."""
