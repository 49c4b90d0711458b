"""Dutch number formats: one rounding rule for tables, figures and prose.

Rounding is half up on the decimal text of the float (`Decimal(repr(x))`), so what a reader computes by hand
from the result tables is what is printed. Signs: decimal comma, thousands dot, U+2212 for minus, a no-break
space around = and <, never a negative zero.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"

MINUS = "\u2212"

ABSENT = "–"

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def rounded(value: float, decimals: int) -> Decimal:
    """`value` rounded half up; raises ValueError on a value that is not a number."""
    number_ = Decimal(repr(float(value)))
    if not number_.is_finite():
        raise ValueError(f"{value!r} is not a number that can be printed.")
    result = number_.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def number(value: float, decimals: int = 0) -> str:
    """1234.5 → `1.234,5` (one decimal)."""
    text = f"{rounded(value, decimals):,f}"
    return text.translate(str.maketrans({",": ".", ".": ",", "-": MINUS}))


def percent(value: float, decimals: int = 0) -> str:
    """A percentage on the scale 0–100: 45.0 → `45%`."""
    return f"{number(value, decimals)}%"


def guarded(value: float, decimals: int, borders: Iterable[float]) -> str:
    """Rounded to `decimals`, or to more where rounding would carry it over one of the `borders`."""
    limits = [Decimal(repr(float(border))) for border in borders]
    exact = Decimal(repr(float(value)))
    while any((exact < limit) != (rounded(value, decimals) < limit) for limit in limits):
        decimals += 1
    return number(value, decimals)


def coefficient(value: float, decimals: int = 2, borders: Iterable[float] = ()) -> str:
    """A number that cannot exceed one, without its leading zero: .281 → `,28`, −.1 → `−,10`."""
    text = guarded(value, decimals, borders)
    return text.replace("0,", ",", 1) if text.lstrip(MINUS).startswith("0,") else text


def p_value(p: float, alpha: float = 0.05) -> str:
    """`p < ,001`; otherwise three decimals, and more where three would say alpha itself, for these decide."""
    if p < 0.001:
        return f"p{NBSP}<{NBSP},001"
    if rounded(p, 3) == 1:
        return f"p{NBSP}>{NBSP},999"
    decimals = next(places for places in range(3, 17) if places == 16 or rounded(p, places) != Decimal(repr(alpha)))
    return f"p{NBSP}={NBSP}{coefficient(p, 3 if p == alpha else decimals, [alpha])}"


def p_in_column(p: float) -> str:
    """A p-value under a head that says p: `,034`, `< ,001`."""
    return p_value(p).removeprefix(f"p{NBSP}").removeprefix(f"={NBSP}")


P_BOUNDS = (0.001, 0.01, 0.05)


def p_bound(p: float, coarse: bool = False) -> str:
    """Only below which bound p lies: `p < ,01`, or `p ≥ ,05`; `coarse`: whether it is under the last one, for with the
    others few counts are left of what is hidden.
    """
    limit = next((limit for limit in P_BOUNDS[-1 if coarse else 0 :] if p < limit), None)
    return f"p{NBSP}<{NBSP}{coefficient(limit, 3 if limit < 0.01 else 2)}" if limit else f"p{NBSP}≥{NBSP},05"


def equals(symbol: str, text: str) -> str:
    """`n = 51`, with no-break spaces."""
    return f"{symbol}{NBSP}={NBSP}{text}"


def statistic(symbol: str, value: float, degrees: Sequence[float]) -> str:
    """`F(1; 98) = 38,20`; degrees of freedom get decimals only where they are not whole."""
    inner = f";{NBSP}".join(number(df, 0 if float(df).is_integer() else 2) for df in degrees)
    return equals(f"{symbol}({inner})" if inner else symbol, number(value, 2))


def with_zeros(text: str) -> str:
    """`p < ,001` → `p < 0,001`: a zero before every number that begins with its comma."""
    return re.sub(r"(?<![\w%,.]),(?=\d)", "0,", text)


def joined(words: Sequence[str], conjunction: str = "en") -> str:
    """`a, b en c`; empty without words."""
    *head, last = words or [""]
    return f"{', '.join(head)} {conjunction} {last}" if head else last


def capital(text: str) -> str:
    """First letter as a capital, the rest as it is; één becomes Eén, for a capital has no accent."""
    return text[:1].replace("é", "e").upper() + text[1:]


def ranges(text: str) -> str:
    """`25-34 jaar` → `25–34 jaar`: an en dash between numbers."""
    return re.sub(r"(?<=\d)-(?=\d)", "–", text)


def long_date(day: date | str) -> str:
    """`2026-03-01` → `1 maart 2026`."""
    day = day if isinstance(day, date) else date.fromisoformat(day)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"
