"""How templates are read: a name that nothing fills is an error, and text is escaped."""

from pathlib import Path

import jinja2


def environment(folder: str | Path) -> jinja2.Environment:
    """Jinja's environment for the HTML templates of a folder."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
