"""A column of a codebook that the definition of the cohort does not know gets answers too."""

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.demo.cohort import make_cohort
from effectstudie.demo.unforeseen import with_unforeseen

FRAME = pd.DataFrame({"leeftijd": np.full(400, 30.0), "afnamedatum": pd.Timestamp("2020-01-01")})
ITEMS = [Column(f"nieuw_{n}", "code", "Nieuw", low=1, high=5) for n in range(1, 6)]


def made(*columns, wave="T0", seed=1):
    known = [Column("leeftijd", "number", ""), Column("afnamedatum", "date", "")]
    return with_unforeseen(FRAME, {one.name: one for one in (*known, *columns)}, seed, "volwassenen", wave)


def test_answers_are_within_what_the_codebook_allows_and_all_occur():
    frame = made(*ITEMS, Column("keuze", "code", "Keuze", values={2: "ja", 7: "nee"}), Column("vrij", "number", "Vrij"))
    assert all(set(frame[item.name]) == {1, 2, 3, 4, 5} for item in ITEMS)
    assert set(frame["keuze"]) == {2, 7} and frame["vrij"].between(0, 10).all()


def test_what_was_there_stays_and_a_second_time_gives_the_same():
    frame = made(*ITEMS)
    pd.testing.assert_frame_equal(frame[list(FRAME)], FRAME)
    pd.testing.assert_frame_equal(frame, made(*ITEMS))
    assert not frame["nieuw_1"].equals(made(*ITEMS, seed=2)["nieuw_1"])


def test_answers_of_one_person_go_together_within_a_questionnaire_and_over_waves():
    first, later = made(*ITEMS), made(*ITEMS, wave="T1")
    assert first["nieuw_1"].corr(first["nieuw_2"]) > 0.3 and first["nieuw_1"].corr(later["nieuw_1"]) > 0.3
    assert not first["nieuw_1"].equals(later["nieuw_1"])
    other = made(Column("ander", "code", "Ander", low=1, high=5))
    assert abs(first["nieuw_1"].corr(other["ander"])) < 0.2


def test_a_date_is_that_of_the_visit_and_a_text_is_empty():
    frame = made(Column("datum_2", "date", "Nieuw"), Column("opmerking", "free_text", "Nieuw"))
    assert frame["datum_2"].equals(FRAME["afnamedatum"]) and set(frame["opmerking"]) == {""}


def test_a_new_column_of_any_table_is_in_its_exports_and_the_cohort_stays_the_same(definition, codebooks, cohort):
    spec = {"type": "code", "label": "Nieuw", "questionnaire": "Nieuw", "range": [0, 3]}
    more = {name: {**book, "columns": {**book["columns"], "nieuw": spec}} for name, book in codebooks.items()}
    made = make_cohort(definition, more, seed=1)
    for name, frame in cohort.items():
        assert list(made[name].columns.difference(frame.columns)) == ["nieuw"]
        ids = [column for column in frame if column.endswith("_id")]
        pd.testing.assert_frame_equal(made[name][ids], frame[ids])
