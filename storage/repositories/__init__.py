"""One repository a file; each implements the Protocol of its name in `scheduling.ports`."""
