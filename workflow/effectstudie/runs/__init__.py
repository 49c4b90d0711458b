"""What a run was made with, and what differs between two."""
