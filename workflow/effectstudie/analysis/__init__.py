"""The result tables of a study. `study` makes all of them in order; each other module makes one."""
