"""Finished requests' threads, moved out of the database after a while."""
