"""Command: register the report of a study as a version that went out.

    python workflow/scripts/release.py groningen --by "A. Voorbeeld"

The next version is compared with it, so that a correction does not give a person away (docs/privacy.md).
"""

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.release.register import register
from effectstudie.shared.errors import EffectstudieError, InputError
from effectstudie.shared.storage import read_json
from effectstudie.shared.yaml_files import read_yaml


def main(arguments: list[str] | None = None) -> int:
    """0 when the version is registered; 1 with one sentence when it cannot be."""
    parser = argparse.ArgumentParser(prog="release", description="Register a version of a report that went out.")
    parser.add_argument("study", help="name of the study, as groningen")
    parser.add_argument("--by", required=True, help="who releases it: one of the people in config/config.yaml")
    options = parser.parse_args(arguments)
    folder = Path("results", options.study)
    try:
        people = [person["name"] for person in read_yaml("config/config.yaml")["people"]]
        if options.by not in people:
            raise InputError(
                [f"--by is {options.by}; allowed are the people in config/config.yaml: {', '.join(people)}."]
            )
        told = folder / "release/told.json"
        if not told.exists():
            raise InputError([f"{told} is not there; make the report first: snakemake report_{options.study}."])
        files = [folder / "report", folder / "render"]
        today = date.today().isoformat()
        path = register(options.study, files, read_json(told), options.by, today)
    except (EffectstudieError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{path}: version {path.stem.rpartition('_')[2]} of {options.study}, released by {options.by}. Keep this file."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
