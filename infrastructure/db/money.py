"""The tables of money: what was reserved, captured, bought and given back."""

from __future__ import annotations
