"""The households of the demonstration cohort: stratum, course of the violence, attendance of the waves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.demo.draws import by_rank, correlated, stream

# Those of the published studies. Another one is made from the one before it.
WAVES = ("T0", "T1", "T2")


def waves_of(households: pd.DataFrame) -> list[str]:
    """The measurements that were made, in order of time."""
    return [name.removeprefix("attends_") for name in households if name.startswith("attends_")]


def make_households(definition: Mapping, seed: int, waves: Sequence[str] = WAVES) -> pd.DataFrame:
    """One row per household, in shuffled order, with the measurements WAVES and those of `waves`.

    Columns: `household` (id), `stratum`, `region`, `approach`, `thv`, `report_date`, `two_adults`,
    `n_children`; per wave `attends_<wave>`, `visit_<wave>` (date), `violence_<wave>` (latent, standard normal)
    and `state_<wave>` (severe, mild or none: the course of the violence).
    """
    strata = [_stratum(name, spec, definition, seed) for name, spec in definition["strata"].items()]
    frame = pd.concat(strata, ignore_index=True)
    order = stream(seed, "household order").permutation(len(frame))
    frame = frame.iloc[order].reset_index(drop=True)
    frame.insert(0, "household", [f"{definition['id_prefix']}{number:04d}" for number in range(1, len(frame) + 1)])
    frame = frame.join(_dates(len(frame), definition["dates"], seed))
    for wave in sorted(set(waves) - set(WAVES)):
        frame = _with_wave(frame, wave, definition, seed)
    return frame


def _with_wave(frame: pd.DataFrame, wave: str, definition: Mapping, seed: int) -> pd.DataFrame:
    """A measurement behind the others: some stay away, and the course of the violence stays as it was."""
    spec, rng, before = definition["later"], stream(seed, "households", wave), waves_of(frame)[-1]
    violence = correlated(rng, frame[f"violence_{before}"].to_numpy(), definition["violence"]["stability_T1_T2"])
    return frame.assign(**{
        f"attends_{wave}": frame[f"attends_{before}"] & (rng.random(len(frame)) < spec["attends"]),
        f"visit_{wave}": frame[f"visit_{before}"] + pd.Timedelta(spec["days"], unit="D"),
        f"violence_{wave}": violence,
        f"state_{wave}": frame[f"state_{before}"],
    })  # fmt: skip


def scaled(count: float, definition: Mapping) -> int:
    """A count of the full cohort at the size of this one."""
    return round(count * definition["size"])


def _stratum(name: str, spec: Mapping, definition: Mapping, seed: int) -> pd.DataFrame:
    rng = stream(seed, "households", name)
    n = max(scaled(spec["households"], definition), 4)

    def drawn(shares: Mapping, score: np.ndarray | None = None) -> np.ndarray:
        return by_rank(rng.random(n) if score is None else score, shares)

    latent = rng.standard_normal(n)
    later = correlated(rng, latent, definition["violence"]["stability"])
    violence = {
        "T0": latent,
        "T1": later,
        "T2": correlated(rng, later, definition["violence"]["stability_T1_T2"]),
    }
    frame = pd.DataFrame(
        {
            "stratum": name,
            "region": drawn(spec["regions"]),
            "approach": drawn(spec["approaches"]),
            "thv": drawn(spec["thv"]).astype(int),
            "two_adults": drawn(spec["two_adults"]).astype(bool),
        }
    )
    fertility = spec["couples_more_children"] * frame["two_adults"].to_numpy() + rng.standard_normal(n)
    frame["n_children"] = drawn(spec["children"], fertility).astype(int)
    course = {
        "T0": spec["course"]["T0"],
        "T1": spec["course"]["follow_up"],
        "T2": spec["course"]["follow_up"],
    }
    mixing = definition["violence"]["course_noise"]
    noise = rng.standard_normal(n)
    frame = frame.join(_attendance(latent, definition["attendance"], rng))
    for wave in WAVES:
        frame[f"violence_{wave}"] = violence[wave]
        score = violence["T1" if wave == "T2" else wave] + mixing * noise
        # Drawn apart for those who take part and the others, so that the shares hold for the households that are seen.
        for _, part in frame.groupby(f"attends_{wave}"):
            frame.loc[part.index, f"state_{wave}"] = by_rank(score[part.index], course[wave])
    return frame


def _attendance(violence: np.ndarray, spec: Mapping, rng: np.random.Generator) -> pd.DataFrame:
    """Patterns of attendance in exact proportion; the more violence, the less often they come back."""
    n, block = len(violence), spec["block"]
    rank = np.argsort(np.argsort(violence, kind="stable"), kind="stable")
    # Each block of households with like violence has nearly the whole range of resistance.
    resistance = rank % block / block + rng.random(n) / block + spec["violence_weight"] * rank / n
    pattern = by_rank(resistance, spec["patterns"])
    return pd.DataFrame({f"attends_{wave}": [wave in waves.split() for waves in pattern] for wave in WAVES})


def _dates(n: int, spec: Mapping, seed: int) -> pd.DataFrame:
    rng = stream(seed, "dates")
    reported = pd.Timestamp(str(spec["first_report"])) + pd.to_timedelta(
        rng.integers(0, spec["recruitment_days"], n), unit="D"
    )
    first = reported + pd.to_timedelta(rng.integers(*spec["days_to_T0"], n), unit="D")
    dates = {"report_date": reported, "visit_T0": first}
    for wave in ("T1", "T2"):
        dates[f"visit_{wave}"] = first + pd.to_timedelta(rng.integers(*spec[f"days_to_{wave}"], n), unit="D")
    return pd.DataFrame(dates)
