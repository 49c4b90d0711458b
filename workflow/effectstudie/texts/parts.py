"""Parts of a text that hold for some cohorts only.

`{{ if children }}ouders en kinderen{{ else }}volwassenen{{ end }}` is the first where the cohort has questionnaires of
children, and else the second. Parts do not lie inside each other.
"""

import re
from collections.abc import Collection
from typing import Any

CONDITIONS = ("children", "youth")
_PART = re.compile(r"\{\{ if (\w+) \}\}(.*?)(?:\{\{ else \}\}(.*?))?\{\{ end \}\}", re.DOTALL)


def with_parts(content: Any, true: Collection[str]) -> Any:
    """A text, or all texts of lists and mappings, with the parts whose condition is true.

    A part that falls away leaves its ends of lines, so that what is wrong further on is told with the right line.
    """
    if isinstance(content, str):
        return _PART.sub(lambda match: _chosen(match, true), content) if "{{ if" in content else content
    if isinstance(content, dict):
        return {key: with_parts(value, true) for key, value in content.items()}
    return [with_parts(value, true) for value in content] if isinstance(content, list) else content


def _chosen(match: re.Match, true: Collection[str]) -> str:
    condition, yes, no = match.groups(default="")
    chosen, other = (yes, no) if condition in true else (no, yes)
    return chosen + "\n" * other.count("\n")
