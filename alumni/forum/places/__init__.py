"""Categories: who may read, write and begin topics in each."""
