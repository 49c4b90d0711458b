import json

import pytest
from given.regions import COMPARED, inputs, tables

from effectstudie.national.record import national_record
from effectstudie.shared.storage import MARK

FEW = {name: COMPARED[name] for name in ("total_violence", "safety", "low_income")}


def read(files):
    return json.loads(files["render.json"])


@pytest.fixture(scope="module")
def files():
    return national_record(inputs(2, outcomes=FEW))


def test_the_same_inputs_give_the_same_files(files):
    assert national_record(inputs(2, outcomes=FEW)) == files


def test_every_table_and_figure_of_the_record_has_its_files_and_its_number(files):
    record = read(files)
    names = [one["csv"] for one in (*record["tables"].values(), *record["figures"].values())]
    names += [one["svg"] for one in record["figures"].values()]
    assert set(files) == {*names, "render.json"} and len(names) == len(set(names))
    for kind in ("tables", "figures"):
        assert [one["number"] for one in record[kind].values()] == [str(n + 1) for n in range(len(record[kind]))]
    assert all(files[name].decode().startswith(MARK) for name in names if name.endswith(".csv"))
    assert all(one["alt"] and one["caption"] for one in record["figures"].values())


def test_each_theme_has_its_outcomes_and_the_map_the_primary_ones(files):
    record = read(files)
    assert [(one["id"], [own["id"] for own in one["outcomes"]]) for one in record["themes"]] == [
        ("violence", ["total_violence"]),
        ("wellbeing", ["safety"]),
        ("risk", ["low_income"]),
    ]
    assert record["maps"] == ["grid__total_violence", "grid__safety"]
    assert record["links"]["Haaglanden"] == "../../studie_2/report/studie_2.html"
    assert record["anchors"]["Totaal geweld"] == "#uitkomst-total_violence"
    assert record["pair"] and "Demonstratie" in record["stamp"] and record["stamp"].startswith("Concept")


def test_a_hidden_estimate_is_in_no_file():
    given = tables(2, hidden=[("safety", "studie_2")])
    hidden = (given["regions"]["outcome"] == "safety") & (given["regions"]["study"] == "studie_2")
    given["regions"].loc[hidden, ["value", "ci_low", "ci_high"]] = [7.7, 6.6, 8.8]
    files = national_record(inputs(2, outcomes=FEW, tables=given))
    printed = ["7.7", "6.6", "8.8", "7,7", "6,6", "8,8"]
    own = {name: text.decode() for name, text in files.items() if "safety" in name and name.endswith(".csv")}
    own["json"] = json.dumps([one for one in read(files)["themes"] if one["id"] == "wellbeing"], ensure_ascii=False)
    assert len(own) >= 2 and "gemiddelde is er daarom niet" in own["json"]
    assert [(name, number) for name, text in own.items() for number in printed if number in text] == []
    (row,) = [row for row in read(files)["tables"]["regions__safety"]["rows"] if row["cells"][0] == "Haaglanden"]
    assert row["cells"][1:] == ["–", "–", "–"]


def test_where_no_region_may_be_shown_there_is_still_a_page():
    hidden = [(name, study) for name in COMPARED for study in ("studie_1", "studie_2")]
    record = read(national_record(inputs(2, outcomes=FEW, tables=tables(2, hidden))))
    assert "overview" not in record["figures"] and "forest__safety" not in record["figures"]
    assert "regions__safety" not in record["tables"]
    assert record["summary"]["headline"].endswith("regio’s te tonen.") and "choices" not in record["tables"]


def test_numbers_may_have_their_leading_zero():
    record = read(national_record(inputs(2, outcomes={"safety": COMPARED["safety"]}, zeros=True)))
    assert record["tables"]["outcomes"]["rows"][0]["cells"][4] == "0,210"
    assert record["costs"][-1].endswith("is 0,04.")


def test_the_choice_of_controls_is_that_of_the_set():
    given = inputs(2, outcomes=FEW)
    once = inputs(2, outcomes=FEW, set={**given.set, "controls": "once"})
    assert "bij hoogstens één studie" in read(national_record(once))["costs"][0]
    assert not any("samenhang tussen" in one for one in read(national_record(once))["costs"])
