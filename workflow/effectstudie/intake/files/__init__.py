"""The formats of exports: .sav, .csv and .xlsx as a table of cells; no codebook is known here."""
