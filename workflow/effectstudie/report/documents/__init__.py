"""HTML, PDF and Word from one record and the texts that people wrote."""
