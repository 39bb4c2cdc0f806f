"""How fast the product is, as ratios to floors measured in the same process and run.

`make bench` prints one table. A floor is the least that any implementation would have to do; the
bar is on the ratio, so it holds on any machine. Answers are compared with brute force before they
are timed.
"""
