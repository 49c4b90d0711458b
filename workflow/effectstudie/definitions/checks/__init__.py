"""What may be wrong with what people wrote down, a module per kind of file, and the reading that finds it."""
