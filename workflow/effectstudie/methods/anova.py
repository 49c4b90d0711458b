"""Group x wave analysis of variance as SPSS GLM Repeated Measures: type III, partial eta squared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
import pandas as pd
from scipy import linalg, optimize, special, stats

from effectstudie.methods.estimate import Reason
from effectstudie.methods.rounding_error import largest, negligible
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

SMALL_GROUP = 5
LARGEST_F = 1e9  # above it scipy has no distribution of the noncentral F: no interval


@dataclass(frozen=True)
class Effect:
    """One effect: sums of squares `ss` and `ss_error` (outcome squared) on `df1` and `df2`, and F = their ratio per df.

    `ci90` is of partial eta squared; `ges`: generalised eta squared; `p_gg`, with the correction of Greenhouse and
    Geisser (1959), exists from three waves on.
    """

    ss: float = nan
    df1: float = nan
    ss_error: float = nan
    df2: float = nan
    f: float = nan
    p: float = nan
    partial_eta_squared: float = nan
    ges: float = nan
    ci90: tuple[float, float] = (nan, nan)
    p_gg: float = nan
    note: str = ""
    reason: Reason = ""


@dataclass(frozen=True)
class MixedAnova:
    """Effects `group`, `time` and `interaction`; sphericity is NaN for two waves, where it always holds.

    `note` names small groups; why an effect is undefined is said by the effect.
    """

    effects: Mapping[str, Effect]
    n_per_group: Mapping[str, int]
    mauchly_w: float = nan
    mauchly_p: float = nan
    eps_gg: float = nan
    eps_hf: float = nan
    note: str = ""

    @property
    def n(self) -> int:
        return sum(self.n_per_group.values())


def partial_eta_squared(f: float, df1: float, df2: float) -> tuple[float, float, float]:
    """Partial eta squared of an F test, F df1 / (F df1 + df2), and its 90 % interval (Smithson 2003).

    Limits: lam / (lam + df1 + df2 + 1), of the noncentralities lam of which F is the .95 and the .05 quantile; 0 where
    there is none, NaN where F is too large. As shares, 0-1: estimate, low, high.

    >>> partial_eta_squared(3.267**2, 1, 86)[1:]  # t(86) = 3.267, by Wuensch in SPSS
    (0.027, 0.218)
    """

    def limit(target: float) -> float:
        if f > LARGEST_F:
            return nan
        if special.fdtr(df1, df2, f) <= target:
            return 0.0
        top = 1.0
        while special.ncfdtr(df1, df2, top, f) > target:
            top *= 2
        lam = optimize.brentq(lambda x: special.ncfdtr(df1, df2, x, f) - target, 0.0, top, xtol=1e-10)
        return float(lam / (lam + df1 + df2 + 1))

    return f * df1 / (f * df1 + df2), limit(0.95), limit(0.05)


def effect_of(
    ss: float, df1: int, ss_error: float, df2: int, total_error: float = nan, eps: float = nan, note: str = ""
) -> Effect:
    """The F test of an effect by its sums of squares.

    `total_error`: of all effects, for generalised eta squared; `eps`: of Greenhouse and Geisser.
    """
    if ss_error == 0:
        why = "does not vary" if ss == 0 else "differs without any variation within groups: F is undefined"
        return Effect(ss, df1, ss_error, df2, note=f"the outcome {why}", reason="spread")
    f = ss / df1 / (ss_error / df2)
    eta, low, high = partial_eta_squared(f, df1, df2)
    p_gg = nan if isnan(eps) else float(special.fdtrc(df1 * eps, df2 * eps, f))
    p = float(special.fdtrc(df1, df2, f))
    return Effect(ss, df1, ss_error, df2, f, p, eta, ss / (ss + total_error), (low, high), p_gg, note)


def _sphericity(cov: np.ndarray, df_error: int) -> dict[str, float]:
    """Mauchly's (1940) test, first-order as SPSS, and the epsilons; Huynh-Feldt by Lecoutre (1991), at most 1.

    `cov`: covariances of the p = waves - 1 contrasts within groups. W = det / (trace / p)^p; eps = trace^2 / (p sum of
    squares). Empty where the contrasts do not all vary.
    """
    p = len(cov)
    trace = float(np.trace(cov))
    if trace <= 0 or np.linalg.matrix_rank(cov, hermitian=True) < p:
        return {}
    eps = trace**2 / (p * float((cov**2).sum()))
    hf = ((df_error + 1) * p * eps - 2) / (p * (df_error - p * eps)) if df_error > p * eps else 1.0
    w = float(np.linalg.det(cov)) / (trace / p) ** p
    chi2 = -(df_error - (2 * p * p + p + 2) / (6 * p)) * np.log(w)
    mauchly_p = float(stats.chi2.sf(chi2, p * (p + 1) / 2 - 1))
    return {"mauchly_w": w, "mauchly_p": mauchly_p, "eps_gg": eps, "eps_hf": min(1.0, hf)}


def _levels(column: pd.Series) -> tuple[list, np.ndarray]:
    """The groups, and the place of each row's group among them; -1 where it is unknown."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories), column.cat.codes.to_numpy()
    names = column.to_numpy(dtype=object)
    known = ~pd.isna(names)
    levels = sorted(set(names[known].tolist()))
    places = {level: place for place, level in enumerate(levels)}
    return levels, np.array([places.get(name, -1) for name in names], dtype=int)


def mixed_anova(frame: pd.DataFrame, id: str, group: str, waves: Sequence[str]) -> MixedAnova:
    """Group (between) x wave (within) with type III sums of squares, on persons with every wave.

    `frame`: one row per person, columns `id` (unique, or InputError), `group` (two or more; of a categorical all
    categories, so that an empty group is seen) and one number column per wave (two or more). With s the sum over
    the k waves / sqrt(k) and d the k - 1 Helmert contrasts: group is between the groups' means of s, interaction
    between those of d, time the unweighted mean of those of d; error is within groups (SPSS; aov_ez of afex in R).
    ges = SS / (SS + both errors), group as a manipulated factor (Olejnik and Algina 2003).

    >>> frame = pd.DataFrame({"id": range(4), "group": list("aabb"), "T0": [1, 1, 2, 3], "T1": [1, 3, 6, 7]})
    >>> [effect.f for effect in mixed_anova(frame, "id", "group", ["T0", "T1"]).effects.values()]  # by hand
    [18.0, 25.0, 9.0]
    """
    persons = frame[id].to_numpy(dtype=object)
    repeated = len(persons) - len(set(persons.tolist()))
    if repeated:
        sentence = say(
            "Mixed ANOVA: column '{column}' repeats {repeated} values; one row per person is allowed: drop others.",
            column=id,
            repeated=repeated,
        )
        raise InputError([sentence])
    levels, codes = _levels(frame[group])
    values = np.column_stack([frame[wave].to_numpy(dtype=float) for wave in waves])
    complete = (codes >= 0) & ~np.isnan(values).any(axis=1) & ~pd.isna(persons)
    y, codes = values[complete], codes[complete]
    # sorted by value, so that neither the order of rows nor the names of persons matter
    order = np.lexsort([*y.T, codes])
    y, codes = y[order], codes[order]
    members = [codes == number for number in range(len(levels))]
    sizes = np.array([int(rows.sum()) for rows in members])
    n_per_group = dict(zip(levels, sizes.tolist(), strict=True))
    df_error, k, n_groups = int(sizes.sum()) - len(levels), len(waves), len(levels)
    problems = [f"group {level} has no complete cases" for level, n in n_per_group.items() if n == 0]
    if n_groups < 2 or k < 2:
        problems.append("fewer than 2 groups or waves")
    if df_error < 1:
        problems.append("no degrees of freedom are left for error")
    if problems:
        note = "; ".join(problems)
        reason: Reason = "pairs" if 0 in sizes or df_error < 1 else "classes"
        effects = {name: Effect(note=note, reason=reason) for name in ("group", "time", "interaction")}
        return MixedAnova(effects, n_per_group)

    tiny = negligible(y.size, largest(y))
    level_score = y.sum(axis=1, keepdims=True) / sqrt(k)
    change = y @ linalg.helmert(k).T

    def squares(x: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, list[int]]:
        """Sum of squares of the group effect, the error matrix, group means, and groups without variation."""
        means = np.array([x[rows].mean(axis=0) for rows in members])
        residuals = x - means[codes]
        between = float((sizes[:, None] * (means - x.mean(axis=0)) ** 2).sum())
        still = [i for i, rows in enumerate(members) if sizes[i] > 1 and (residuals[rows] ** 2).sum() <= tiny]
        return between, residuals.T @ residuals, means, still

    def clean(ss: float) -> float:
        return 0.0 if ss <= tiny else ss

    ss_group, error_between, _, still_between = squares(level_score)
    ss_interaction, error_within, means, still_within = squares(change)
    ss_time = float((means.mean(axis=0) ** 2).sum() / ((1 / sizes).sum() / n_groups**2))
    error_b, error_w = clean(float(error_between[0, 0])), clean(float(np.trace(error_within)))
    sphericity = _sphericity(error_within / df_error, df_error) if k > 2 and error_w else {}
    eps, total = sphericity.get("eps_gg", nan), error_b + error_w

    def too_small(still: list[int]) -> str:
        names = ", ".join(str(levels[i]) for i in still)
        return f"no variation within {names}: the pooled error is too small" if names else ""

    df_w = df_error * (k - 1)
    effects = {
        "group": effect_of(clean(ss_group), n_groups - 1, error_b, df_error, total, note=too_small(still_between)),
        "time": effect_of(clean(ss_time), k - 1, error_w, df_w, total, eps, too_small(still_within)),
        "interaction": effect_of(
            clean(ss_interaction), (k - 1) * (n_groups - 1), error_w, df_w, total, eps, too_small(still_within)
        ),
    }
    small = [f"{level} {n}" for level, n in n_per_group.items() if n < SMALL_GROUP]
    note = f"fewer than {SMALL_GROUP} persons in a group: {', '.join(small)}" if small else ""
    return MixedAnova(effects, n_per_group, **sphericity, note=note)
