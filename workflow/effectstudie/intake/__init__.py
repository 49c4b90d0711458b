"""One export at a time becomes a checked table. A missing answer keeps its reason."""
