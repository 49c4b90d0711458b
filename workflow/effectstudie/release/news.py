"""What came since an earlier version, counted in words."""

from collections.abc import Collection, Mapping

from effectstudie.shared import formats

# What config/config.yaml allows in huishoudens: names without counts.
ALLOWED = ("regions", "approaches")
# What a version has a list of: names that come and go.
LISTS = ("waves", "units", "exports", *ALLOWED, "outcomes")


def news(came: Mapping[str, Collection[str]], words: Mapping[str, Mapping[str, str]]) -> str:
    """As `1 meting en 3 bestanden`; empty where nothing came. `words`: what → one and many."""
    counts = {what: len(came[what]) for what in LISTS if came[what]}
    told = (f"{formats.number(n)} {words[what]['one' if n == 1 else 'many']}" for what, n in counts.items())
    return formats.joined(list(told))
