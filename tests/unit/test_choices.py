import pytest

from effectstudie.choices import choices_of
from effectstudie.errors import InputError

STUDY = {"follow_up": {"waves": ["T1", "T2"]}, "risk_threshold": 4}
CTS2 = {"instrument": "cts2", "missing": {"max_share": 0.2}, "recode": {1: 0, 2: 0, 3: 1}}


def test_a_choice_prints_the_values_that_the_run_used():
    names = ("risk_threshold", "follow_up_waves", "max_missing.cts2", "recode.cts2", "fisher_for")
    text = "; ".join(f"{{{{ {name} }}}}" for name in names)
    (choice,) = choices_of([{"point": "P", "choice": text}], STUDY, [CTS2], "2x2")
    assert choice == {"point": "P", "choice": "4; T1 en T2; 20%; 0, 0 en 1; tabellen van twee bij twee"}


def test_a_placeholder_that_names_nothing_is_an_error():
    with pytest.raises(InputError, match="max_missing.cts3"):
        choices_of([{"point": "P", "choice": "{{ max_missing.cts3 }}"}], STUDY, [CTS2], "all")
