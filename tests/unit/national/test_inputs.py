import pytest
from given.regions import inputs, record

from effectstudie.national.inputs import sizes_printed, studies_of


def test_a_study_is_told_in_the_words_of_its_own_report():
    study = studies_of(inputs(2))["studie_2"]
    assert (study.name, study.approach, study.region) == ("Haaglanden", "Aanpak 2", "Den Haag")
    assert (study.households, study.balance, study.loss) == ("40 en 47", "0,27", "23%")
    assert study.rating == "3 van 5: zwakke aanwijzingen"
    assert study.href == "../../studie_2/report/studie_2.html"


def test_two_studies_of_one_region_are_told_apart():
    given = inputs(2)
    given.studies["studie_2"]["region_label"] = "Groningen"
    assert [study.name for study in studies_of(given).values()] == ["Groningen (Aanpak 1)", "Groningen (Aanpak 2)"]


@pytest.mark.parametrize("cells", [["Volwassenen", "1", "2", "3", "4"], ["Huishoudens", "51"]])
def test_sizes_that_a_report_does_not_have_are_dashes(cells):
    given = inputs(2)
    given.records["studie_1"]["tables"]["participants"]["rows"] = [{"cells": cells}]
    assert studies_of(given)["studie_1"].households == "– en –"


def test_the_sizes_of_the_selected_matching_count():
    found = record()
    found["matching"]["strategies"].insert(0, {"id": "strategy_9", "n_approach": "1", "n_controls": "2"})
    assert sizes_printed(found) == {"n_approach": "51", "n_controls": "61", "unmatched": "geen"}
