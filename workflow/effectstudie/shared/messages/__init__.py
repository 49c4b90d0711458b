"""What the program says to an analyst: English sentences in the code, Dutch ones on the screen."""
