"""Table of the summary: one row per outcome."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.prose.means import how_large
from effectstudie.report.prose.outcome import OutcomeFacts, Verdict
from effectstudie.report.prose.summary import contrast, finding
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def key_table(found: Sequence[OutcomeFacts], labels: Mapping, texts: Mapping) -> pd.DataFrame:
    """One row per outcome: the printed values of both groups and the two findings."""
    rows = []
    for facts in found:
        line = {"Uitkomst": formats.capital(texts["titles"].get(facts.outcome, facts.label))}
        for group in COMPARED:
            shown, single = facts.shown.get(group), facts.single.get(group)
            values = dict.fromkeys(WAVES, formats.ABSENT)
            if shown:
                values = dict(zip(WAVES, (shown.before_text, shown.after_text), strict=True))
            elif single:
                values[single.wave] = single.text
            for wave, value in values.items():
                line[f"{labels['groups'][group]} {labels['waves'][wave]}"] = value
        line["Verandering"] = _with_size(finding(facts), facts.time, texts)
        line["Verschil in ontwikkeling"] = _with_size(contrast(facts), facts.interaction, texts)
        rows.append(line)
    return pd.DataFrame(rows)


def _with_size(name: str, result: Verdict, texts: Mapping) -> str:
    word = texts["summary"]["verdicts"][name]
    return f"{word} ({how_large(result, texts)})" if name in ("improved", "worsened", "changed", "different") else word
