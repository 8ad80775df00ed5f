"""The craft: script, direction, prompting, pictures, motion, edit. Bytes and arrays in, bytes and arrays out."""
