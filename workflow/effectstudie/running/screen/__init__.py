"""What a person sees of a run: how far it is, why a step is made again, what went wrong, where the report is."""
