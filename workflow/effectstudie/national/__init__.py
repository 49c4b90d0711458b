"""The page of all regions together: what a set of studies shows as one, and how far its regions differ."""
