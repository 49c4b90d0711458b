"""The regions of a set together, as far as they may be shown: `treat` is the door."""
