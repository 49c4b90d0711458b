"""Tables of persons as files, with pseudonyms made from short names."""

import hashlib

from effectstudie.shared.persons.write import write_parquet


def pseudonym(name):
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def number(name):
    """The pseudonym of a name as stages read it."""
    return int(pseudonym(name), 16)


def written(path, table, key, ids=("household", "respondent", "child", "unit_id")):
    """The table at a path, with pseudonyms for its ids."""
    hidden = {name: table[name].map(pseudonym).astype("str") for name in ids if name in table}
    write_parquet(table.assign(**hidden), path, list(table.columns), key)
    return path
