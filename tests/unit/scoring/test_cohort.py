import pandas as pd
from given.paths import ROOT
from given.person_files import number, written

from effectstudie.scoring.cohort import score_cohort
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.persons.read import read_persons
from effectstudie.shared.yaml_files import read_yaml

SAFETY = read_yaml(ROOT / "resources/instruments/safety.yaml")
NORM = {"kind": "linear", "file": "n.csv"}


def export(path, *people):
    """(respondent, household, mark)"""
    table = pd.DataFrame(people, columns=["respondent", "household", "veiligheid"])
    return written(path, table, ["respondent"])


def test_every_instrument_is_scored_from_its_own_exports_in_the_order_of_its_units(tmp_path):
    exports = {
        "T0_volwassenen": export(tmp_path / "0.parquet", ("a", "h", 7.0), ("b", "h", 3.0)),
        "T1_volwassenen": export(tmp_path / "1.parquet", ("a", "h", 8.0)),
        "T2_volwassenen": tmp_path / "is_not_read.parquet",
    }
    scores = [tmp_path / "safety.parquet", tmp_path / "again.parquet"]
    alphas = [tmp_path / "safety.csv", tmp_path / "again.csv"]
    again = {**SAFETY, "instrument": "again"}
    exports_of = {"safety": ["T0_volwassenen", "T1_volwassenen"], "again": ["T1_volwassenen"]}
    _, *told = score_cohort([SAFETY, again], exports, exports_of, {}, scores, alphas, Kept(tmp_path / "record"))
    found = [read_persons(path).set_index(["unit_id", "wave"])["mark"].to_dict() for path in scores]
    assert found == [
        {(number("a"), "T0"): 7.0, (number("b"), "T0"): 3.0, (number("a"), "T1"): 8.0},
        {(number("a"), "T1"): 8.0},
    ]
    assert "mark: adult T0 complete 2" in told[0] and "T0" not in told[1]
    assert [len(pd.read_csv(path)) for path in alphas] == [0, 0]  # one question has no alpha


def test_a_norm_gives_t_scores(tmp_path):
    (tmp_path / "n.csv").write_text("scale,sex,age_from,age_below,mean,sd\nmark,,,,5,2\n")
    exports = {"T0_volwassenen": export(tmp_path / "0.parquet", ("a", "h", 7.0))}
    norms = {"safety": {"path": str(tmp_path / "n.csv"), "status": "published", "entry": NORM}}
    with_norm = {**SAFETY, "norm_scales": ["mark"]}
    scores, alphas = [tmp_path / "s.parquet"], [tmp_path / "s.csv"]
    of_safety = {"safety": ["T0_volwassenen"]}
    _, told = score_cohort([with_norm], exports, of_safety, norms, scores, alphas, Kept(tmp_path / "record"))
    assert read_persons(scores[0])["mark.t"].tolist() == [60.0]
    assert "norm table published/safety" in told


def test_only_what_reads_a_changed_answer_is_scored_anew_and_the_bytes_are_the_same(tmp_path):
    exports = {
        f"T{wave}_volwassenen": export(tmp_path / f"{wave}.parquet", ("a", "h", 7.0), ("b", "h", 3.0))
        for wave in (0, 1)
    }
    exports_of = {"safety": list(exports), "again": ["T1_volwassenen"]}
    definitions = [SAFETY, {**SAFETY, "instrument": "again"}]

    def score(name, definitions=definitions, norms=None):
        (tmp_path / name).mkdir(exist_ok=True)
        scores, alphas = ([tmp_path / name / f"{of}.{kind}" for of in exports_of] for kind in ("parquet", "csv"))
        kept = Kept(tmp_path / name / ".kept.json")
        told = score_cohort(definitions, exports, exports_of, norms or {}, scores, alphas, kept)
        return kept.anew, told[1:], {path.name: path.read_bytes() for path in (*scores, *alphas)}

    assert score("kept")[0] == ["safety", "again"]
    assert score("kept")[0] == []
    export(exports["T0_volwassenen"], ("a", "h", 7.0), ("b", "h", 4.0))
    anew, told, content = score("kept")
    assert anew == ["safety"] and (["safety", "again"], told, content) == score("at_once")
    export(exports["T1_volwassenen"], ("a", "h", 7.0), ("b", "other household", 3.0))
    assert score("kept")[0] == ["safety", "again"]
    assert score("kept", [definitions[0], {**definitions[1], "label": "other"}])[0] == ["again"]
    (tmp_path / "kept/safety.csv").write_text("half of")
    assert score("kept", [definitions[0], {**definitions[1], "label": "other"}])[0] == ["safety"]
    (tmp_path / "n.csv").write_text("scale,sex,age_from,age_below,mean,sd\nmark,,,,5,2\n")
    norms = {"again": {"path": str(tmp_path / "n.csv"), "status": "published", "entry": NORM}}
    assert score("kept", norms=norms)[0] == ["again"]
    (tmp_path / "n.csv").write_text("scale,sex,age_from,age_below,mean,sd\nmark,,,,5,3\n")
    assert score("kept", norms=norms)[0] == ["again"]
