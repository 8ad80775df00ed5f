"""Paints keyframes with Stable Diffusion XL. It knows torch and diffusers."""
