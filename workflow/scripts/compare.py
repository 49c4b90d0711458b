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
from effectstudie.shared.storage import replace_file
from effectstudie.shared.words import read_words

PAGES = Path(__file__).parents[2] / "resources/pages"


def main(arguments: list[str] | None = None) -> int:
    """0 when the page is written, whatever it says; 1 with one sentence when it cannot be."""
    parser = argparse.ArgumentParser(prog="compare", description="Say what differs between two runs of a study.")
    parser.add_argument("old", help="the project's folder, a folder of results, or an archive")
    parser.add_argument("new", help="the same of the run to compare with it")
    parser.add_argument("--study", required=True, help="name of the study, as groningen")
    parser.add_argument("--out", help="page to write; by default results/vergelijking_<study>.html")
    options = parser.parse_args(arguments)
    page = options.out or f"results/vergelijking_{options.study}.html"
    try:
        runs = (read_run(options.old, options.study), read_run(options.new, options.study))
        comparison = compare_runs(*runs)
        html = compare_html(
            comparison,
            runs,
            names=(options.old, options.new),
            study=options.study,
            words=read_words(PAGES / "compare/compare.nl.yaml"),
            texts=read_words(PAGES / "report/labels.nl.yaml", PAGES / "report/certainty.nl.yaml"),
            pages=PAGES,
        )
        replace_file(page, lambda path: path.write_text(html, encoding="utf-8"))
    except (EffectstudieError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{page}: {'there are differences' if comparison.causes or comparison.effects else 'no differences'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
