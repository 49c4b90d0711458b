"""make verify ARCHIVE=… [RAW=…]: is an archive what it was, and does it give the same numbers again?"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.archive import page as answer
from effectstudie.archive import rerun, verify
from effectstudie.running.provenance import installed_software
from effectstudie.shared.errors import EffectstudieError

PAGES = Path(__file__).parents[2] / "resources/pages"


def snakemake(study: str, settings: list[str]) -> list[str]:
    cores = str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "snakemake", f"report_{study}", "--cores", cores]
    return [*command, "--configfile", "../run/config.yaml", "--config", *settings]


def main() -> int:
    parser = argparse.ArgumentParser(description="Check an archive, and with the raw exports run it again.")
    parser.add_argument("archive", type=Path, help="zip file, or the folder it was unpacked in")
    parser.add_argument("--raw", type=Path, help="folder with the raw exports: run again and compare every number")
    parser.add_argument("--page", type=Path, help="where the page comes; by default beside the archive")
    arguments = parser.parse_args()
    try:
        checked = verify.check(arguments.archive)
        again = None
        if arguments.raw and not checked.findings:
            with tempfile.TemporaryDirectory() as folder:
                again = rerun.again(checked.files, arguments.raw, Path(folder), snakemake, installed_software())
        given = answer.Answer(checked, again, asked=arguments.raw is not None)
        page = arguments.page or arguments.archive.parent / f"{checked.name.removesuffix('.zip')}.controle.html"
        answer.write(given, page, PAGES)
    except EffectstudieError as error:
        print(error, file=sys.stderr)
        return 1
    print(answer.summary(given, PAGES))
    print(page)
    return 0 if given.good else 1


if __name__ == "__main__":
    sys.exit(main())
