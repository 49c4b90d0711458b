"""The effect on each outcome as an estimate with its interval, beside the published tests. `table` makes the tables."""
