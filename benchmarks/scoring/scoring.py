"""Time of scoring all questionnaires of many adults, beside psych::scoreItems in R on the same scales and answers.

    python benchmarks/scoring/scoring.py [adults]

Both score the same answers in memory, the median of three turns: sums and means of the scales with their Cronbach's
alpha. The numbers of complete answers must agree. Apart from that: everything that we make of the answers (parts,
sides, prevalence, T scores, quality of each score), with its peak memory.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

from timing import median_time  # noqa: E402

from effectstudie.definitions.export_columns import columns_of  # noqa: E402
from effectstudie.definitions.instruments import columns_of_form, form_columns, scale_items, scales_of  # noqa: E402
from effectstudie.definitions.norm_tables import read_norm  # noqa: E402
from effectstudie.scoring.instrument import score_instrument  # noqa: E402
from effectstudie.scoring.reliability import scale_reliability  # noqa: E402
from effectstudie.shared.yaml_files import read_yaml  # noqa: E402

INSTRUMENTS = ["ace", "auditc_own", "auditc_partner", "background", "cts2", "help", "mansa", "safety", "tsi"]
MISSING = 0.02


def of_adults(name: str) -> dict:
    """The definition, adults only."""
    definition = read_yaml(PROJECT / f"resources/instruments/{name}.yaml")
    scales = {key: s for key, s in definition["scales"].items() if "adult" in s.get("forms", ["adult"])}
    forms, units = {"adult": definition["forms"]["adult"]}, {"adult": definition["units"]["adult"]}
    return {**definition, "forms": forms, "units": units, "scales": scales}


def same_scales(definition: dict) -> dict:
    """The scales that psych scores too: sums and means of three and more items, without what we add to them."""
    extra = ("prevalence", "norm_scales", "gates")
    plain = {key: value for key, value in definition.items() if key not in extra}
    scales = {
        name: {key: value for key, value in scale.items() if key not in ("bounds", "rescale", "missing")}
        for name, scale in definition["scales"].items()
        if "total_of" not in scale and scale.get("op", "sum") in ("sum", "mean") and len(scale_items(scale)) > 2
    }
    for scale in scales.values():
        parts = scale.pop("parts", None)
        if parts:
            scale["items"] = [item for part in parts.values() for item in part]
    missing = {"max_share": 1, "fill": "person_mean"}  # as psych does without imputation
    return {**plain, "units": {"adult": {}}, "scales": scales, "missing": missing}


def answers(definition: dict, columns: dict, n: int, rng: np.random.Generator) -> pd.DataFrame:
    given = {}
    for name in dict.fromkeys(columns_of_form(definition["forms"]["adult"])):
        column = columns[name]
        low, high = (min(column.values), max(column.values)) if column.values else (column.low, column.high)
        given[name] = rng.integers(low, high + 1, n).astype(float)
        given[name][rng.random(n) < MISSING] = np.nan
    ids = np.arange(n, dtype=np.uint64)  # as persons.read_persons gives them
    return pd.DataFrame({"household": ids, "respondent": ids, **given})


def main(n: int) -> None:
    columns = columns_of(read_yaml(PROJECT / "resources/exports/volwassenen.yaml"))
    rng = np.random.default_rng(20261121)
    tables = {name: answers(of_adults(name), columns, n, rng) for name in INSTRUMENTS}
    shared = {name: plain for name in INSTRUMENTS if (plain := same_scales(of_adults(name)))["scales"]}
    with tempfile.TemporaryDirectory() as folder:
        for name, plain in shared.items():
            write_for_r(Path(folder), name, plain, tables[name])
        found = json.loads(subprocess.check_output(["Rscript", str(Path(__file__).with_name("psych.R")), folder]))
        ours = {}
        for name, plain in shared.items():
            at_start = {("adult", "T0"): tables[name]}
            ours[name] = median_time(lambda plain=plain, at_start=at_start: scored(plain, at_start))
            check(Path(folder), name, plain, tables[name])
    print(f"{n:,} adults, {MISSING:.0%} of the answers missing.\n")
    print(f"| questionnaire | scales | ours, s | psych {found.pop('version')}, s | ratio |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in shared:
        scales, ratio = len(shared[name]["scales"]), found[name] / ours[name]
        print(f"| {name} | {scales} | {ours[name]:.2f} | {found[name]:.2f} | {ratio:.1f} |")
    total = sum(found[name] for name in shared), sum(ours.values())
    scales = sum(len(plain["scales"]) for plain in shared.values())
    print(f"| all | {scales} | {total[1]:.2f} | {total[0]:.2f} | **{total[0] / total[1]:.1f}** |\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    everything = median_time(lambda: [scored(of_adults(name), {("adult", "T0"): tables[name]}, norm(name))
                                  for name in INSTRUMENTS])  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scores = sum(len(list(scales_of(of_adults(name), {}))) for name in INSTRUMENTS)
    print(f"All that we make of the answers ({scores} scales): {everything:.2f} s. Peak of memory "
          f"{peak / 2**20:.2f} GiB, of which the answers of all questionnaires {before / 2**20:.2f} GiB.")  # fmt: skip


def scored(definition: dict, tables: dict, norm_table=None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The scores, and their reliability."""
    scores = pd.concat(score_instrument(definition, tables, norm_table), ignore_index=True)
    return scores, scale_reliability(definition, tables)


def norm(name: str):
    path = PROJECT / f"resources/norms/illustrative/{name}_illustrative.csv"
    return read_norm(path, "illustrative", name, {"kind": "linear"}) if path.exists() else None


def write_for_r(folder: Path, name: str, plain: dict, table: pd.DataFrame) -> None:
    """Answers as raw doubles, column after column, and the keys by their place."""
    cells = form_columns(plain["forms"]["adult"])
    names = list(cells.values())
    table[names].to_numpy().T.tofile(folder / f"{name}.bin")
    keys = {scale: cells_of(plain, spec) for scale, spec in plain["scales"].items()}
    facts = {"rows": len(table), "columns": len(names), "keys": keys, "recode": list(plain.get("recode", {}).values()),
             "lowest": plain["answers"][0]}  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(facts))


def check(folder: Path, name: str, plain: dict, table: pd.DataFrame) -> None:
    """Our sums and means of complete answers are those of psych."""
    scores, _ = scored(plain, {("adult", "T0"): table})
    theirs = np.fromfile(folder / f"{name}.scores").reshape(len(plain["scales"]), -1).T
    for number, (scale, spec) in enumerate(plain["scales"].items()):
        complete = (scores[f"{scale}.rule"] == "complete").to_numpy()
        own = scores[scale].to_numpy()[complete] / (1 if spec.get("op") == "mean" else len(cells_of(plain, spec)))
        np.testing.assert_allclose(own, theirs[complete, number], rtol=1e-9)


def cells_of(plain: dict, spec: dict) -> list[int]:
    """The places, from 1 on, of the columns of a scale."""
    cells = form_columns(plain["forms"]["adult"])
    return [place for place, (_, item) in enumerate(cells, start=1) if item in scale_items(spec)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
