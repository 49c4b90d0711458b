"""Command: compare a folder of exports with the codebook, and write a draft of variables.csv and recodes.csv.

    python workflow/scripts/map_exports.py /data/exports [--out results/map]

A person has to look at each line of the draft before it takes the place of the lists that are there.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.intake.mapping.folder import map_folder
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import in_dutch, told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.words import read_words

WORDS = Path(__file__).parents[2] / "resources/words/mapping.nl.yaml"


def main(arguments: list[str] | None = None) -> int:
    """0 when the draft is written, or none is needed; 1 with a sentence each when it cannot be."""
    about = say("Draft the lists of names and of codes of a folder of exports.")
    parser = argparse.ArgumentParser(prog="map_exports", description=in_dutch(about))
    parser.add_argument("raw", type=Path, help=in_dutch(say("folder of exports")))
    parser.add_argument("--out", type=Path, default=Path("results/map"), help=in_dutch(say("folder for the draft")))
    options = parser.parse_args(arguments)
    try:
        for line in map_folder(options.raw, options.out, Path("."), read_words(WORDS)):
            print(line)
    except (EffectstudieError, OSError) as error:
        print(told(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
