"""What an analyst reads: the sentences of the program in Dutch, from the one catalogue of messages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from effectstudie.shared.errors import EffectstudieError, reason
from effectstudie.shared.messages.sentences import Sentence, for_log, for_screen, listed
from effectstudie.shared.yaml_files import read_yaml

CATALOGUE = Path(__file__).parents[4] / "resources/words/messages.nl.yaml"


def told(error: EffectstudieError | OSError) -> str:
    """What the analyst's own screen shows of an error."""
    if isinstance(error, OSError):
        return f"{error.filename}: {in_dutch(reason(error))}." if error.filename else in_dutch(reason(error))
    return for_screen("\n".join(in_dutch(sentence) for sentence in error.sentences))


def told_in_log(error: EffectstudieError) -> str:
    """The same as a log may hold it."""
    return for_log("\n".join(in_dutch(sentence) for sentence in error.sentences))


def tell(text: str) -> None:
    """Print a sentence in Dutch; in a job that goes to its log."""
    print(in_dutch(text))


def in_dutch(text: Any, catalogue: Mapping[str, str] | None = None) -> Any:
    """The text as an analyst reads it; what is no sentence stays as it is. `catalogue`: English → Dutch."""
    if isinstance(text, list | tuple):
        return listed([in_dutch(part, catalogue) for part in text])
    if not isinstance(text, Sentence):
        return text
    catalogue = read_catalogue() if catalogue is None else catalogue
    values = {key: in_dutch(value, catalogue) for key, value in text.values.items()}
    return catalogue.get(text.template, text.template).format(**values)


@cache
def read_catalogue(path: Path = CATALOGUE) -> dict[str, str]:
    """English → Dutch of the sentences of all modules; the file has them by module, each with `en` and `nl`."""
    return {one["en"]: one["nl"] for sentences in read_yaml(path).values() for one in sentences}
