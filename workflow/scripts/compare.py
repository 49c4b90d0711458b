"""Command: a page, in Dutch, that says what differs between two runs of a study.

    python workflow/scripts/compare.py OLD NEW --study groningen

OLD and NEW are project folders, folders of results, or archives of a study.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.runs.compare import compare_runs
from effectstudie.runs.finished import read_run
from effectstudie.runs.page import compare_html
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import in_dutch, told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import replace_file
from effectstudie.shared.words import read_words

PAGES = Path(__file__).parents[2] / "resources/pages"


def main(arguments: list[str] | None = None) -> int:
    """0 when the page is written, whatever it says; 1 with one sentence when it cannot be."""
    about = say("Say what differs between two runs of a study.")
    parser = argparse.ArgumentParser(prog="compare", description=in_dutch(about))
    parser.add_argument("old", help=in_dutch(say("the project's folder, a folder of results, or an archive")))
    parser.add_argument("new", help=in_dutch(say("the same of the run to compare with it")))
    parser.add_argument("--study", required=True, help=in_dutch(say("name of the study, as groningen")))
    parser.add_argument("--out", help=in_dutch(say("page to write; by default results/vergelijking_<study>.html")))
    options = parser.parse_args(arguments)
    page = options.out or f"results/vergelijking_{options.study}.html"
    try:
        runs = (read_run(options.old, options.study), read_run(options.new, options.study))
        words = read_words(PAGES / "compare/compare.nl.yaml")
        comparison = compare_runs(*runs, words)
        html = compare_html(
            comparison,
            runs,
            names=(options.old, options.new),
            study=options.study,
            words=words,
            texts=read_words(*(PAGES / f"report/{part}.nl.yaml" for part in ("labels", "tables", "certainty"))),
            pages=PAGES,
        )
        replace_file(page, lambda path: path.write_text(html, encoding="utf-8"))
    except (EffectstudieError, OSError) as error:
        print(told(error), file=sys.stderr)
        return 1
    differ = say("there are differences") if comparison.causes or comparison.effects else say("no differences")
    print(f"{page}: {in_dutch(differ)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
