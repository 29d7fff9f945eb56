"""Pages of the forum; they alone put together what its parts know."""
