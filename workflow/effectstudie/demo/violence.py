"""Answers on violence: codes 1-8 for how often an act happened in the past year.

An act has a latent log frequency per household, direction and wave; each reporter sees it with noise. The mean
of a stratum is met by shifting the latent frequency with the same random numbers. No act is described: items are
numbers, their scale and severity come from the definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from effectstudie.demo.draws import bisect, correlated, stream
from effectstudie.demo.households import waves_of
from effectstudie.demo.people import People

# Codes 1 and 2 are no incident in the past year; 3-8 are once, twice, 3-5, 6-10, 11-20 and more than 20 times.
INCIDENTS = np.array([0, 1, 2, 4, 8, 15, 25])
EDGES = np.log([0.7, 1.5, 2.5, 5.5, 10.5, 20.5])
EARLIER = 0.4  # how far below once a year "not in the past year, but before" begins, in log frequency


@dataclass(frozen=True)
class Acts:
    """Items of one questionnaire: scale, whether severe, and level (log frequency) of each."""

    scale: np.ndarray
    severe: np.ndarray
    level: np.ndarray
    counted: np.ndarray

    @classmethod
    def of(cls, spec: Mapping, n_items: int, step: int = 1) -> "Acts":
        """From `scales: {name: {minor: [...], severe: [...], level: {...}, counted}}`; item n is row (n-1)/step."""
        scale = np.full(n_items, "", dtype=object)
        severe, level, counted = np.zeros(n_items, bool), np.zeros(n_items), np.zeros(n_items, bool)
        for name, part in spec["scales"].items():
            for severity in ("minor", "severe"):
                rows = (np.array(part.get(severity, []), dtype=int) - 1) // step
                scale[rows], severe[rows] = name, severity == "severe"
                level[rows] = part["level"].get(severity, 0) + np.linspace(0.3, -0.3, max(len(rows), 1))[: len(rows)]
                counted[rows] = part.get("counted", True)
        return cls(scale, severe, level, counted)


def incidents(log_frequency: np.ndarray) -> np.ndarray:
    """Incidents a year as the answer codes count them."""
    return INCIDENTS[np.searchsorted(EDGES, log_frequency, side="right")]


def codes(log_frequency: np.ndarray) -> np.ndarray:
    """Answer codes 1-8."""
    step = np.searchsorted(EDGES, log_frequency, side="right")
    earlier = (step == 0) & (log_frequency > EDGES[0] - EARLIER)
    return np.where(step > 0, step + 2, np.where(earlier, 2, 1))


def partner_violence(people: People, definition: Mapping, seed: int) -> dict[str, np.ndarray]:
    """Per wave the CTS2 codes, adults x 78: odd columns own behaviour, even columns the partner's."""
    spec, adults, homes = definition["violence"]["cts2"], people.adults, people.households
    acts, spread = Acts.of(spec, 39, step=2), spec["spread"]
    home, place = adults["household"].to_numpy(), adults["place"].to_numpy() - 1
    rows, scale_of = np.arange(len(adults)), np.unique(acts.scale, return_inverse=True)[1]
    scale_spread, act_spread = (np.array([spread[part][name] for name in acts.scale]) for part in ("scale", "act"))
    fixed = stream(seed, "cts2")
    scale = scale_spread * fixed.standard_normal((len(homes), scale_of.max() + 1))[:, scale_of]
    direction = spread["direction"] * fixed.standard_normal((len(homes), 2)) + _more_by_men(people, spec)
    reporter = spread["reporter"] * fixed.standard_normal((len(adults), 2))
    reporter[rows, place] -= spec["own_underreported"]
    answers = {}
    for wave in waves_of(people.households):
        rng = stream(seed, "cts2", wave)
        latent = spread["home"] * homes[f"violence_{wave}"].to_numpy()[:, None, None] + direction[:, :, None]
        latent = latent + scale[:, None, :] + act_spread * rng.standard_normal((len(homes), 2, 39))
        seen = latent[home] + reporter[:, :, None] + spread["report"] * rng.standard_normal((len(adults), 2, 39))
        present = adults[f"present_{wave}"].to_numpy()
        seen = _calibrated(seen, acts, people, wave, present, home, home, definition, "cts2")
        # An own item and the partner's item describe one act each: the direction depends on who reports.
        pairs = np.stack([codes(seen[rows, place]), codes(seen[rows, 1 - place])], axis=2)
        answers[wave] = pairs.reshape(len(adults), 78)
    return answers


def child_abuse(people: People, definition: Mapping, seed: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Per wave the CTSPC codes, reports x 27, and the child's own CTSPC codes, youth x 37."""
    spec = definition["violence"]["ctspc"]
    acts, youth_acts = Acts.of(spec, 27), Acts.of(definition["violence"]["ctspck"], 37)
    reports, spread = people.reports, spec["spread"]
    child, home = reports["child"].to_numpy(), people.children["household"].to_numpy()
    fixed, by_parents, by_youth = stream(seed, "ctspc"), {}, {}
    liability = fixed.standard_normal(len(home))
    for wave in waves_of(people.households):
        rng = stream(seed, "ctspc", wave)
        liability = liability if wave == "T0" else correlated(rng, liability, spec["stability"])
        theta = correlated(rng, people.households[f"violence_{wave}"].to_numpy()[home], spec["with_partner_violence"])
        theta = (spec["own_share"] * liability + (1 - spec["own_share"]) * theta) / np.hypot(
            spec["own_share"], 1 - spec["own_share"]
        )
        act = spread["child"] * theta[:, None] + spread["act"] * rng.standard_normal((len(home), 27))
        seen = act[child] + spread["report"] * rng.standard_normal((len(reports), 27))
        present = people.adults[f"present_{wave}"].to_numpy()[reports["adult"]]
        by_parents[wave] = codes(
            _calibrated(seen, acts, people, wave, present, child, home[child], definition, "ctspc")
        )
        young = people.youth
        view = correlated(rng, theta[young], spec["agreement_with_child"])
        seen = spread["child"] * view[:, None] + spread["report"] * rng.standard_normal((len(young), 37))
        present = people.households[f"attends_{wave}"].to_numpy()[home[young]]
        by_youth[wave] = codes(
            _calibrated(seen, youth_acts, people, wave, present, young, home[young], definition, "ctspck")
        )
    return by_parents, by_youth


def _more_by_men(people: People, spec: Mapping) -> np.ndarray:
    """Households x 2: how much more often the first and the second adult act, in log frequency."""
    first = people.adults.loc[people.adults["place"] == 1, "sex"].to_numpy()
    men = np.stack([first == 1, first == 2], axis=1)
    return spec["men_act_more"] * (men - 0.5)


def _calibrated(
    seen: np.ndarray,
    acts: Acts,
    people: People,
    wave: str,
    present: np.ndarray,
    unit: np.ndarray,
    home: np.ndarray,
    definition: Mapping,
    questionnaire: str,
) -> np.ndarray:
    """`seen` (reporters x … x items) shifted so that each stratum comes out at its mean number of incidents.

    The mean is per unit (household or child), per item the higher of its reporters, over those present.
    Households whose course is mild or none keep few, minor incidents; the shift moves the others.
    """
    violence, key = definition["violence"], "T0" if wave == "T0" else "follow_up"
    spec, quiet = violence[questionnaire], violence["quiet"][questionnaire]
    state = people.households[f"state_{wave}"].to_numpy()[home]
    stratum = people.households["stratum"].to_numpy()[home]
    out = seen + acts.level
    for course in ("mild", "none"):
        rows = state == course
        calm = np.where(acts.severe, -np.inf, acts.level + quiet["spread"] * seen[rows])
        seen_by = present[rows]
        shift = _shift(calm[seen_by][..., acts.counted], True, unit[rows][seen_by], quiet[course])
        out[rows] = np.where(acts.counted, calm + shift, out[rows])
    steady = acts.counted & (acts.scale == spec.get("steady_scale"))
    free = acts.counted & ~steady
    for name, stratum_spec in definition["strata"].items():
        here = present & (stratum == name)
        severe = (stratum == name) & (state == "severe")
        if steady.any():
            rows = here & severe
            shift = _shift(out[rows][..., steady], True, unit[rows], spec["steady_mean"])
            out[severe] = np.where(steady, out[severe] + shift, out[severe])
        # The mean is that of the whole stratum: what is calm or steady counts, but stays as it is.
        moving = severe[here].reshape(-1, *[1] * (out.ndim - 1)) & free[acts.counted]
        shift = _shift(out[here][..., acts.counted], moving, unit[here], stratum_spec[questionnaire][key])
        out[severe] = np.where(free, out[severe] + shift, out[severe])
    return out


def _shift(latent: np.ndarray, moving: np.ndarray | bool, unit: np.ndarray, target: float) -> float:
    """What to add to the `moving` part of the latent frequency so that the units' mean count hits the target."""
    if not len(latent) or not np.any(moving):
        return 0.0
    return bisect(lambda shift: _unit_mean(incidents(latent + shift * moving), unit), target, -12, 8)


def _unit_mean(counts: np.ndarray, unit: np.ndarray) -> float:
    """Mean over units of the sum over items of the higher report; rows of a unit need not be adjacent."""
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(unit[order]) > 0])
    highest = np.maximum.reduceat(counts[order], starts, axis=0)
    return float(highest.sum() / len(starts))
