"""The tables of people: how they sign in, and what they were sent."""

from __future__ import annotations
