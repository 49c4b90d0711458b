"""How ids and names are written in an export, and what is meant by them; one rule for all exports and corrections."""
