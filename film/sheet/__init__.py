"""Storyboard sheets: each shot's picture beside the script's lines and the shot list's facts."""

from film.sheet.make import MadeSheet, bind_sheet, make_sheet
from film.sheet.rasterise import SUFFIXES, rasterise

__all__ = ["SUFFIXES", "MadeSheet", "bind_sheet", "make_sheet", "rasterise"]
