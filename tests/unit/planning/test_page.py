import re

import pandas as pd
import pytest
from given.paths import ROOT
from given.planned import OUTCOMES, STUDY, WORDS, cohort

from effectstudie.definitions.plans.planning import Planning
from effectstudie.disclosure.limits import Limits
from effectstudie.planning.page import power_html
from effectstudie.planning.study import plan_study

LIMITS = Limits(minimum_cell=5, minimum_group=10)
SIZES = (20, 40, 200)


def record(analysis, primary=("safety",), synthetic=True, **written):
    planning = Planning.of({"households": list(SIZES), **written})
    return plan_study(
        analysis, study=STUDY, outcomes=OUTCOMES, primary=primary, planning=planning, limits=LIMITS,
        synthetic=synthetic, words=WORDS,
    )  # fmt: skip


WHOLE = cohort()
STARTED = WHOLE[WHOLE["wave"] == "T0"]
TOLD, TABLES = record(WHOLE)


def cells(told, table, outcome):
    (row,) = [row for row in told["tables"][table]["rows"] if row[0].startswith(outcome)]
    return row[1:]


def test_the_words_are_of_the_primary_outcomes_with_the_families_that_there_are():
    assert TOLD["have"] == "In het cohort zitten nu 40 gezinnen van Samen met een eerste meting."
    assert TOLD["counted"].endswith("Na de matching is er voor elk een controlegezin.")
    assert TOLD["chosen"] == "de primaire uitkomsten van het plan"
    (safety,) = TOLD["told"]
    assert (safety["label"], safety["measure"]) == ("Gevoel van veiligheid", "rapportcijfer (1–10)")
    least, needed = cells(TOLD, "now", "Gevoel")[0], cells(TOLD, "now", "Gevoel")[3]
    assert safety["text"] == (
        f"Met de 40 gezinnen die er nu zijn, vindt de studie in 8 van de 10 keer een verschil van {least} of meer. "
        f"Voor een verschil van 0,5, de marge van deze uitkomst, zijn ongeveer {needed} gezinnen nodig."
    )


def test_without_a_plan_the_first_outcomes_of_the_study_are_told():
    told = record(WHOLE, primary=())[0]
    assert [one["label"] for one in told["told"]] == ["Gevoel van veiligheid", "Aandeel met klachten", "Totaal geweld"]
    assert told["chosen"] == "de eerste drie uitkomsten van de studie"
    assert "procentpunten of meer" in told["told"][1]["text"] and "marge" not in told["told"][2]["text"]


def test_a_study_before_its_first_family_is_told_what_a_number_of_them_would_find():
    told = record(STARTED[STARTED["role"] == "pool"])[0]
    assert told["have"] == "In het cohort zit nu geen gezin van Samen met een eerste meting."
    assert told["told"][0]["text"].startswith("Met 40 gezinnen vindt de studie in 8 van de 10 keer een verschil van ")
    assert told["tables"]["now"]["head"] == ["Uitkomst", "Marge", "Nodig: schatting", "Nodig: gepubliceerde toets"]
    assert any("omdat de aanpak er minder dan 30 heeft" in one for one in told["assumptions"])


def test_few_families_are_told_to_be_few():
    few = STARTED[(STARTED["role"] == "pool") | (STARTED["household"] < 7)]
    told = record(few)[0]
    assert told["have"].startswith("In het cohort zitten nu minder dan 10 gezinnen van Samen")
    assert " 7 " not in told["have"] and "die er nu zijn" not in str(told)


def test_tables_print_what_the_result_table_has():
    found = TABLES["power"].set_index(["outcome", "households"])["difference"]
    printed = [float(cell.replace(",", ".")) for cell in cells(TOLD, "natural", "Gevoel")]
    assert printed == pytest.approx([found["safety", number] for number in SIZES], abs=0.05)
    assert list(TABLES["power"]["households"].unique()) == list(SIZES)  # forty are there
    assert list(TABLES["power_start"]["outcome"]) == list(OUTCOMES)


def test_every_setting_says_whether_somebody_chose_it_and_what_rests_on_it():
    rows = {row[0].split(",")[0]: row[1:] for row in record(STARTED, lost=0.3)[0]["tables"]["settings"]["rows"]}
    assert rows["hoe vaak de studie een verschil moet vinden dat er is (power)"][:2] == ["80%", "standaard"]
    assert rows["uitval"] == ["30%", "bestand van de studie", "3 uitkomsten"]
    loose = [row for name, row in rows.items() if name.startswith("samenhang")]
    assert loose == [[",50", "standaard", "3 uitkomsten"]]
    assert [row[3] for row in TOLD["tables"]["settings"]["rows"][-2:]] == ["geen uitkomst"] * 2


def test_an_assumption_stands_beside_the_number_that_it_is():
    started = record(STARTED, lost=0.3)[0]
    assert cells(started, "start", "Gevoel")[-2:] == [",50 (aanname)", "30% (ingesteld)"]
    assert re.fullmatch(r",\d\d", cells(TOLD, "start", "Gevoel")[-2])


@pytest.mark.parametrize(("power", "said"), [(0.9, "9 van de 10"), (0.925, "92,5 van de 100")])
def test_the_power_is_said_in_times(power, said):
    assert f"in {said} keer" in record(WHOLE, power=power)[0]["told"][0]["text"]


def test_a_difference_between_percentages_that_cannot_be_is_a_dash():
    told = record(WHOLE, households=[3, 200], ratio=0.5)[0]
    assert told["counted"].endswith("Na de matching zijn er voor elk 0,5 controlegezinnen.")
    assert cells(told, "natural", "Aandeel")[0] == "–" and cells(told, "natural", "Aandeel")[1].isdigit()


def test_nothing_is_said_of_an_outcome_of_few():
    few = pd.concat([WHOLE[WHOLE["outcome"] != "safety"], WHOLE[WHOLE["outcome"] == "safety"].head(8)])
    told, tables = record(few)
    assert told["told"][0]["text"] == WORDS["finds"]["hidden"]
    for table in ("natural", "standard", "now", "start"):
        kept = {"now": {"0,5", "–"}}.get(table, {"–"})
        assert set(cells(told, table, "Gevoel")) == kept
    row = tables["power_start"].set_index("outcome").loc["safety"]
    assert row["hidden"] == "few" and row[["n", "sd", "needed"]].isna().all()


def test_the_page_is_internal_says_what_is_synthetic_and_has_one_figure_with_its_text():
    html = power_html(TOLD, ROOT / "resources/pages/power", "")
    assert html.count("Alleen voor intern gebruik, bij het plannen – Demonstratie met synthetische gegevens") == 3
    assert "synthetische" not in power_html(record(WHOLE, synthetic=False)[0], ROOT / "resources/pages/power", "")
    ((_, alt),) = re.findall(r'<img src="(data:image/svg\+xml;base64,)[^"]+" alt="([^"]+)">', html)
    ends = [cells(TOLD, "standard", "Gevoel")[place] for place in (0, -1)]
    assert f"Gevoel van veiligheid: {ends[0]} met 20 gezinnen en {ends[1]} met 200 gezinnen." in alt
    assert "De 2 andere uitkomsten lopen" in alt
    assert TOLD["told"][0]["text"] in html and all(assumption in html for assumption in TOLD["assumptions"])
