import pandas as pd

from effectstudie.shared.persons.ids import written_text


def test_categories_become_text_and_what_is_missing_stays_so():
    column = pd.Series(pd.Categorical(["b", None, "a"], ["c", "b", "a"]), index=[3, 5, 7])
    pd.testing.assert_series_equal(written_text(column), pd.Series(["b", None, "a"], index=[3, 5, 7], dtype="str"))
