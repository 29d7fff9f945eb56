"""Order in the network: what members report, what waits for a second look, what is decided about it, and appeals."""
