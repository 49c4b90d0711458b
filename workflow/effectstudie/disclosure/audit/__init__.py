"""What a reader can solve: published numbers as equations over whole numbers, and what has to be hidden beside them."""
