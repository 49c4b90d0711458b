"""What stands around the results: the cover with its facts, the stamp of a draft, how families were found."""
