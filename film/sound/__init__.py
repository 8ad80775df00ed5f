"""Sound: music and voices that were given with a film, mixed, levelled and encoded."""
