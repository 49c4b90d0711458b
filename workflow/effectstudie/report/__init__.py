"""The report of a study, from what may be shown.

`record` holds everything that is shown; `contents` numbers it; `prose` says which sentence is true (the words are in
resources), `tables` and `figures` lay out, `documents` writes HTML, PDF and Word.
"""
