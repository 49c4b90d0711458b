"""What in a text would make a page ask for something outside itself, if ever it came into one as it stands."""

import re

# Elements of HTML and SVG that load or run something.
_ELEMENTS = (
    "applet|audio|base|embed|frame|iframe|image|img|input|link|meta|object|picture|script|source|style|svg|track|use"
    "|video"
)
_PLACES = "data|file|javascript|vbscript"
_ASKS = re.compile(
    rf"<\s*(?:{_ELEMENTS})\b"
    r"|\burl\s*\(|@import\b|\son\w+\s*=\s*[\"']"  # CSS, and what runs
    rf"|\[[^\]]*\]\(\s*<?\s*(?:{_PLACES}):"  # a link to something else than a page
    rf"|<(?:{_PLACES}):"
    rf"|^\s{{0,3}}\[[^\]]+\]:\s*<?(?:{_PLACES}):",
    re.IGNORECASE,
)


def asks(text: str) -> str | None:
    """The beginning of what in a line would ask for something; pictures with an address of the web are none of it."""
    match = _ASKS.search(text)
    return match and text[match.start() :].strip()[:40]
