"""Who is in the approach, who may be a control, and who is neither."""

import pandas as pd
import pytest
from given.variable_rows import APPROACH

from effectstudie.selection.roles import assign_roles
from effectstudie.shared.errors import InputError


def households(*rows):
    return pd.DataFrame(rows, columns=["household", "regio", "aanpak"])


def test_roles_are_approach_pool_and_excluded():
    roles = assign_roles(
        households(
            ("a", "Groningen", "Multifocus"),
            ("b", "Twente", None),
            ("c", "Groningen", ""),
            ("d", "Den Haag", "Veilig Verder"),
            ("e", "Groningen", "iets anders"),
            ("f", "Twente", "Multifocus"),  # the approach of this name in another region
            ("g", "Groningen", " Multifocus "),
        ),
        APPROACH,
    )
    assert roles.to_dict() == {
        "a": "approach",
        "b": "pool",
        "c": "pool",
        "d": "excluded",
        "e": "excluded",
        "f": "excluded",
        "g": "approach",
    }


def test_before_its_first_family_a_study_has_controls_only():
    table = households(("a", "Groningen", "Anders"), ("b", "Twente", None))
    assert assign_roles(table, APPROACH, required=False).to_dict() == {"a": "excluded", "b": "pool"}


def test_an_approach_that_no_household_is_in_names_those_that_exist():
    table = households(("a", "Groningen", "Multifocus"), ("b", "Twente", None))
    with pytest.raises(InputError) as error:
        assign_roles(table, {"regio": "Groningen", "aanpak": "Multifocs"})
    assert error.value.problems == [
        "huishoudens: no household has regio 'Groningen' and aanpak 'Multifocs'; the approaches in the export are "
        "Multifocus; mend the key approach of the study."
    ]
