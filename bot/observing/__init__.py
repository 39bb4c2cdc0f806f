"""What an operator sees of the running product: log lines, metrics, traces."""
