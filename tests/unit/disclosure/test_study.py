from dataclasses import fields

import pandas as pd
from given.study_results import outcomes, results, shown

from effectstudie.disclosure.shown import Shown


def test_the_internal_edition_hides_nothing_and_says_so():
    everything = shown(privacy=None)
    assert everything.internal and everything.suppressed.empty
    assert not shown().internal and len(shown().suppressed)


def test_of_an_outcome_whose_test_is_hidden_nothing_else_is_shown():
    frame = results().descriptives
    small = (frame["outcome"] == "safety") & (frame["group"] == "approach")
    found = shown(results(descriptives=frame.assign(n=frame["n"].mask(small, 8))))
    assert "safety" in shown().compared and "safety" not in found.compared
    assert "safety" not in found.conclusions
    for table in (found.analyses, found.robustness, found.risk, found.at_start):
        assert len(table) and "safety" not in set(table["outcome"])


def test_counts_that_are_only_looked_at_do_not_pass_the_door():
    columns = {field.name: set(getattr(shown(), field.name).columns) for field in fields(Shown)
               if isinstance(getattr(shown(), field.name), pd.DataFrame)}  # fmt: skip
    looked_at = {"n_smallest", "n_lost", "n_stayed", "n_unmatched", "against"}
    assert {name: found & looked_at for name, found in columns.items() if found & looked_at} == {}
    assert set(shown().values["outcome"]) <= {*outcomes(), "participation"}
