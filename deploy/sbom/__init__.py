"""What is in each image and under which licence: an inventory in CycloneDX, and the table in docs/licences.md.

`python -m deploy.sbom` from the repository's root. Everything is read from what is installed there and from files of
the repository; nothing is asked of a network.
"""
