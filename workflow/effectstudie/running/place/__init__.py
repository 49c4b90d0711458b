"""Where a run is: the machine, its container, and the folder beside that of the program."""
