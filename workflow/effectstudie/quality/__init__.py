"""The page on the quality of a study's data: what came in, what is missing or odd, who was left out."""
