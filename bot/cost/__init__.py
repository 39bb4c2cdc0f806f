"""What running the product costs: an estimate from a price file, and what was really used."""
