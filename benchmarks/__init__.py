"""Load and scale benchmarks."""
