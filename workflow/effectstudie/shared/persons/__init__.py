"""Tables of persons: checked where they are written, and read in little memory."""
