"""Command: register the report of a study as a version that went out.

    python workflow/scripts/release.py groningen --by "A. Voorbeeld"

The next version is compared with it, so that a correction does not give a person away (docs/privacy.md).
"""

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.release.register import release
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import in_dutch, told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

# Which columns of the report conclude something.
WORDS = Path(__file__).parents[2] / "resources/pages/compare/compare.nl.yaml"


def main(arguments: list[str] | None = None) -> int:
    """0 when the version is registered; 1 with one sentence when it cannot be."""
    about = say("Register a version of a report that went out.")
    parser = argparse.ArgumentParser(prog="release", description=in_dutch(about))
    parser.add_argument("study", help=in_dutch(say("name of the study, as groningen")))
    by = say("who releases it: one of the people in config/config.yaml")
    parser.add_argument("--by", required=True, help=in_dutch(by))
    options = parser.parse_args(arguments)
    try:
        config, tables = read_yaml("config/config.yaml"), read_words(WORDS)["concluding_columns"]
        path = release(options.study, options.by, config, date.today().isoformat(), tables)
    except (EffectstudieError, OSError) as error:
        print(told(error), file=sys.stderr)
        return 1
    sentence = say(
        "{path}: version {version} of {study}, released by {by}. Keep this file.",
        path=path,
        version=path.stem.rpartition("_")[2],
        study=options.study,
        by=options.by,
    )
    print(in_dutch(sentence))
    return 0


if __name__ == "__main__":
    sys.exit(main())
