"""The plan of a study: written by people, frozen with a hash and a date, and held against what is done."""
