"""Tables of the report: which rows and columns, and how a value is printed."""
