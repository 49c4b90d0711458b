import json
import re

import pytest
from given.study_results import inputs, results, shown

from effectstudie.report.record import study_record


@pytest.fixture(scope="module")
def files():
    return study_record(inputs())


@pytest.fixture(scope="module")
def record(files):
    return json.loads(files["render.json"])


def test_every_table_and_figure_has_its_data_file(files, record):
    named = {item["csv"] for kind in ("tables", "figures") for item in record[kind].values()}
    named |= {figure["svg"] for figure in record["figures"].values()}
    named |= {figure["svg"].replace(".svg", ".png") for figure in record["figures"].values()}
    assert named | {"render.json", "onderdrukt.csv"} == set(files)


def test_figures_and_tables_are_numbered_in_the_order_of_the_report(record):
    numbers = [figure["number"] for figure in record["figures"].values()]
    assert numbers == [str(place) for place in range(1, 24)]
    assert list(record["figures"])[:5] == ["flow", "love", "overlap", "violence_class", "total_violence"]
    main, appendix = range(1, 8), range(1, 11)
    numbers = [table["number"] for table in record["tables"].values()]
    assert numbers == ["S1", *map(str, main), *(f"B{place}" for place in appendix)]


def test_every_figure_says_what_it_shows(record):
    for figure in record["figures"].values():
        assert figure["alt"].endswith(".") and figure["caption"] and figure["notes"]
        assert all(note.endswith(".") for note in figure["notes"])
    assert "Multifocus: 109 op T0 en 47 op T2." in record["figures"]["total_violence"]["alt"]


def test_outcomes_of_one_family_share_a_figure(record):
    violence = next(section for section in record["sections"] if section["id"] == "violence")
    block = next(block for block in violence["blocks"] if block["figure"] == "partner_violence_kinds")
    assert len(block["items"]) == 4


def test_no_count_under_the_minimum_is_in_any_file(files, record):
    """Of 51 households 1 has no restraining order: neither it nor its complement may be read anywhere."""
    texts = [data.decode() for name, data in files.items() if not name.endswith((".svg", ".png"))]
    assert not any("98,0%" in text or "98.0" in text for text in texts)
    suppressed = files["onderdrukt.csv"].decode()
    assert "Tijdelijk huisverbod,ja,Multifocus,T0" in suppressed


def test_the_values_in_sentences_stand_in_the_table_of_means(record):
    printed = {cell for row in record["tables"]["means"]["rows"] for cell in row["cells"]}
    for section in record["sections"]:
        for block in section["blocks"]:
            for item in block["items"]:
                for pair in re.findall(r"van (\S+) naar (\S+?)[.)\s\u00a0]", item["sentences"][0]):
                    assert set(pair) <= printed, (item["outcome"], pair)


def test_small_groups_vanish_from_tables_figures_and_sentences():
    frame = results().descriptives
    small = (frame["outcome"] == "child_abuse") & (frame["group"] == "approach")
    frame = frame.assign(n=frame["n"].mask(small, 8), mean=frame["mean"].mask(small, 77.7))
    files = study_record(inputs(shown=shown(results(descriptives=frame))))
    record = json.loads(files["render.json"])
    text = " ".join(data.decode() for name, data in files.items() if not name.endswith((".svg", ".png")))
    assert "77,7" not in text and "77.7" not in text and "78" not in record["placeholders"].values()
    sentence = record["placeholders"]["sentences.child_abuse"]
    assert sentence.endswith("In de Multifocus-groep zijn de aantallen te klein om te tonen.")
    assert "tussen de groepen" not in sentence and "beide groepen" not in sentence
    labels = [row["cells"][0] for row in record["tables"]["tests"]["rows"]]
    assert "Directe kindermishandeling" not in labels


def test_a_data_fix_turns_the_sentence():
    frame = results().descriptives
    chosen = (frame["outcome"] == "total_violence") & (frame["wave"] == "follow_up")
    frame = frame.assign(mean=frame["mean"].mask(chosen, 150))
    record = json.loads(study_record(inputs(shown=shown(results(descriptives=frame))))["render.json"])
    assert record["placeholders"]["sentences.total_violence"].startswith("In beide groepen stijgt het totale geweld")


def test_the_same_results_give_the_same_bytes(files):
    assert study_record(inputs()) == files


def test_placeholders_carry_printed_numbers(record):
    known = record["placeholders"]
    assert known["n.approach.household"] == "51" and known["n.control.adult"] == "71"
    assert known["value.total_violence.control.follow_up"] == "25"
    assert known["ref.love"] == "figuur\u00a02"
    assert known["phrase.approach"] == "de Multifocus-groep"


def test_without_synthetic_data_there_is_no_stamp():
    assert json.loads(study_record(inputs(synthetic=False))["render.json"])["stamp"] == ""


def test_the_matched_households_do_not_tell_how_few_have_no_match():
    few = {
        name: {**summary, "n_matched_approach": 50, "n_unmatched_approach": 1}
        for name, summary in results().matching.items()
    }
    given = inputs(shown=shown(results(matching=few)))
    strategies = json.loads(study_record(given)["render.json"])["matching"]["strategies"]
    assert strategies[0]["n_approach"] == "meer dan 46"
    assert strategies[0]["unmatched"] == "minder dan 5"


def test_invented_keys_and_norms_are_named_and_real_norms_have_their_source():
    first, *others = inputs().instruments
    instruments = [{**first, "key": {"status": "illustrative"}}, *others]
    entry = {"source": "the manual"}
    norms = {"ctspc": {"status": "illustrative", "entry": {}}, "mansa": {"status": "licensed", "entry": entry}}
    record = json.loads(study_record(inputs(instruments=instruments, norms=norms))["render.json"])
    assert record["invented"] == {"key_of": "CTS2", "norm_of": "CTSPC"}
    assert record["norms"] == [{"label": "MANSA", "source": "the manual"}]


def test_an_internal_report_shows_small_cells_and_says_so_on_every_page(files):
    record = json.loads(study_record(inputs(shown=shown(privacy=None)))["render.json"])
    assert record["stamp"].startswith("Vertrouwelijk, niet publiceren")
    assert record["tables"]["suppressed"]["rows"] == [] and record["internal"]
    orders = [row["cells"] for row in record["tables"]["background"]["rows"]]
    assert ["nee", "1,6%", "12,7%", ""] in orders
    assert "Vertrouwelijk" not in files["render.json"].decode()


def test_a_report_may_print_the_zero_before_a_p():
    files = study_record(inputs(p_style="p < 0,001"))
    texts = [data.decode() for name, data in files.items() if name.startswith("table_") or name == "render.json"]
    assert not any(re.search(r"[\u00a0<\[−],\d|p<\.", text) for text in texts)
    assert any("p\u00a0<\u00a00,001" in text for text in texts)
    assert [len(line.split(",")) for line in files["table_1.csv"].decode().splitlines()][0] == 3
