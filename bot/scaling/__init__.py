"""How many workers there should be, and a pool of them on one machine."""
