"""Command: what would be made again, and why, in Dutch; nothing is run.

python workflow/scripts/explain.py report_groningen [more of what one gives snakemake]
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effectstudie.running.explain import explained
from effectstudie.shared.words import read_words

WORDS = Path(__file__).parents[2] / "resources/words/running.nl.yaml"


def main(arguments: list[str]) -> int:
    """0 when it is told; Snakemake's own answer and code when it cannot be."""
    asked = subprocess.run(
        [sys.executable, "-m", "snakemake", "--dry-run", "--cores", "1", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(asked.stdout if asked.returncode else explained(asked.stdout, read_words(WORDS)))
    return asked.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
