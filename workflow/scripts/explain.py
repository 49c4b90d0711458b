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


asked = subprocess.run(
    [sys.executable, "-m", "snakemake", "--dry-run", "--cores", "1", *sys.argv[1:]],
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    text=True,
    check=False,
)
print(asked.stdout if asked.returncode else explained(asked.stdout, read_words(WORDS)))
sys.exit(asked.returncode)
