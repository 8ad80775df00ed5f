"""What painting and filming with diffusion models have in common. It knows torch and diffusers."""
