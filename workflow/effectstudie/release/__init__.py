"""Before a report goes out: the page for the person who releases it, and the register of what went out."""
