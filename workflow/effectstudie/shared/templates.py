"""How templates are read: a name that nothing fills is an error, and text in HTML is escaped."""

from pathlib import Path

import jinja2


def environment(folder: str | Path, escape: bool = True) -> jinja2.Environment:
    """Jinja's environment for the templates of a folder; `escape` False: for plain text, not for HTML."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
