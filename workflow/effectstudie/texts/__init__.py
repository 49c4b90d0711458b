"""What people write for a report: Markdown with names of numbers, notes, pictures, quotes and literature. `check` finds
everything that is wrong before a run, `fill` makes the pages of it when the numbers are there."""
