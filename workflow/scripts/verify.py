"""make verify ARCHIVE=… [RAW=… [KEY=…]]: is an archive what it was, and does it give the same numbers again?"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.archive.checking import exports, rerun, verify
from effectstudie.archive.checking import page as answer
from effectstudie.privacy.pseudonyms import DEMONSTRATION_KEY
from effectstudie.running.provenance import installed_software
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import in_dutch, told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

PROJECT = Path(__file__).parents[2]
PAGES = PROJECT / "resources/pages"


def snakemake(study: str, settings: list[str]) -> list[str]:
    command = [sys.executable, "-m", "snakemake", f"report_{study}", "--cores", str(os.cpu_count() or 1)]
    return [*command, "--configfile", "../run/config.yaml", "--config", *settings]


def main() -> int:
    parser = argparse.ArgumentParser(description=in_dutch(say("Check an archive; with the exports, run it again.")))
    parser.add_argument("archive", type=Path, help=in_dutch(say("zip file, or the folder it was unpacked in")))
    parser.add_argument("--raw", type=Path, help=in_dutch(say("the raw exports: run again and compare every number")))
    parser.add_argument("--key", type=Path, help=in_dutch(say("key of the pseudonyms, if not that of the settings")))
    parser.add_argument("--page", type=Path, help=in_dutch(say("where the page comes; by default beside the archive")))
    arguments = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        exports.require_folder(arguments.raw)
        checked = verify.check(arguments.archive)
        again = None
        if arguments.raw and not checked.findings:
            own = read_yaml(PROJECT / "config/config.yaml")["pseudonym_key_file"]
            sum_of = exports.sums_of(checked.files, arguments.key, [own, PROJECT / DEMONSTRATION_KEY])
            print(read_words(PAGES / "archive/texts.nl.yaml")["check"]["under_way"], flush=True)
            with tempfile.TemporaryDirectory() as folder:
                again = rerun.again(checked.files, arguments.raw, Path(folder), snakemake, installed_software(), sum_of)
        given = answer.Answer(checked, again, asked=arguments.raw is not None)
        page = arguments.page or answer.beside(arguments.archive, checked)
        answer.write(given, page, PAGES)
    except (EffectstudieError, OSError) as error:
        print(told(error), file=sys.stderr)
        return 1
    print(answer.summary(given, PAGES))
    print(page)
    return 0 if given.good else 1


if __name__ == "__main__":
    sys.exit(main())
