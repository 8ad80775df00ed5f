"""Lets the libraries that paint and film tell what they have to say by the log of the process, as all others do."""

from __future__ import annotations


def tell_with_us() -> None:
    """Hand what diffusers and transformers tell to the process's log.

    Each brings a handler of its own, which writes lines for people to standard error. To be called before anything
    else of theirs is imported: transformers gives advice while it is.
    """
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    for library in (diffusers_logging, transformers_logging):
        library.disable_default_handler()
        library.enable_propagation()
