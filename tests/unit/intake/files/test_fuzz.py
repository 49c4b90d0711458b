"""Whatever bytes an export is made of, the reader gives its cases or says what is wrong: no traceback, no crash.

Files for the parsers in C and Rust are read in a process of their own, see reader_process.py.
"""

import csv
import datetime
import io
import random
import re
import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from given.reader_process import outcomes
from given.workbooks import write_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effectstudie.intake.files.readers import read_export
from effectstudie.shared.errors import InputError

FINE = {"frame", "InputError"}
PEOPLE = 12
# the same examples at every run; one folder serves them all
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def table() -> pd.DataFrame:
    rows = range(PEOPLE)
    return pd.DataFrame(
        {
            "respondent_id": [f"DEMO-H{row:02d}-V1" for row in rows],
            "afnamedatum": [datetime.date(2016, 3, 1 + row) for row in rows],
            "regio": ["Fryslân"] * PEOPLE,
            "geslacht": [1.0, 2.0] * (PEOPLE // 2),
            "uren": [7.5, None] * (PEOPLE // 2),
            **{f"tsi_{item:03d}": [float(row * item % 4) for row in rows] for item in range(10)},
            "cijfer": [8.0] * PEOPLE,
        }
    )


def sav(path: Path, frame: pd.DataFrame | None = None, **options) -> Path:
    pyreadstat.write_sav(
        table() if frame is None else frame,
        str(path),
        variable_value_labels={} if frame is not None else {"geslacht": {1.0: "man", 2.0: "vrouw", 99.0: "weigert"}},
        missing_ranges={}
        if frame is not None
        else {"geslacht": [98, 99], "uren": [{"lo": 90, "hi": 99}], "regio": ["NVT"]},
        **options,
    )
    return path


def xlsx(path: Path, method: int = zipfile.ZIP_DEFLATED, **parts: str) -> Path:
    """The table as a workbook, in which `sheet`, `workbook` and `styles` may be another text."""
    frame = table()
    write_xlsx(path, [list(frame), *frame.astype(object).where(frame.notna(), None).to_numpy().tolist()])
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "styles": "xl/styles.xml"}
    content = contents(path) | {names[part]: text.encode() for part, text in parts.items()}
    path.write_bytes(zipped(content, method))
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def goods(folder: Path, suffix: str) -> list[Path]:
    """The table in every way that a format writes it."""
    if suffix == ".sav":
        compressions = ({}, {"row_compress": True}, {"compress": True})
        return [sav(folder / f"good{number}.sav", **how) for number, how in enumerate(compressions)]
    if suffix == ".xlsx":
        return [xlsx(folder / "good0.xlsx"), xlsx(folder / "good1.xlsx", zipfile.ZIP_STORED)]
    (folder / "good0.csv").write_text(table().to_csv(index=False), encoding="utf-8")
    (folder / "good1.csv").write_text(table().to_csv(index=False, sep=";", decimal=","), encoding="cp1252")
    return [folder / "good0.csv", folder / "good1.csv"]


# --- files that are nearly good

INTEGERS = (0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 999999)
TOKENS = re.compile(rb'"[^"]*"|>[^<]+<|<[^>]+>')
WORDS = (
    b"",
    b"0",
    b"-1",
    b"99999999999",
    b"1e400",
    b"nan",
    b"A0",
    b"\xff",
    b"&#0;",
    b"&x;",
    b"#DIV/0!",
    b"s",
    b"d",
    b"e",
)


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Bytes flipped, cut off, exchanged, lost, added, or made another whole number."""
    spoiled, at = bytearray(content), rng.randrange(len(content))
    how = rng.choice(("flip", "flip", "cut", "swap", "number", "number", "insert", "delete", "repeat", "random"))
    if how == "flip":
        for _ in range(rng.choice((1, 1, 4, 16))):
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    elif how == "cut":
        del spoiled[at + 1 :]
    elif how == "swap":
        other, size = rng.randrange(len(content)), rng.randrange(1, 64)
        spoiled[at : at + size], spoiled[other : other + size] = content[other : other + size], content[at : at + size]
    elif how == "number":
        spoiled[at // 4 * 4 : at // 4 * 4 + 4] = rng.choice(INTEGERS).to_bytes(4, "little")
    elif how == "insert":
        spoiled[at:at] = rng.randbytes(rng.randrange(1, 40))
    elif how == "delete":
        del spoiled[at : at + rng.randrange(1, 64)]
    elif how == "repeat":
        spoiled[at:at] = spoiled[at : at + rng.randrange(1, 200)]
    else:
        spoiled[rng.randrange(1, 200) :] = rng.randbytes(rng.randrange(1, 2000))
    return bytes(spoiled) or b"x"


def damaged_workbook(content: dict[str, bytes], rng: random.Random) -> bytes:
    """A workbook of which one part has another word in its XML, or is damaged."""
    name = rng.choice([*content, *["xl/worksheets/sheet1.xml"] * 4])
    token = rng.choice(list(TOKENS.finditer(content[name])))
    old, word = token.group(), rng.choice(WORDS)
    new = old[:1] + word + old[-1:] if old[:1] in b'">' else rng.choice((b"", old + old, old.upper()))
    part = content[name][: token.start()] + new + content[name][token.end() :]
    return zipped({**content, name: part if rng.random() < 0.7 else damaged(content[name], rng)})


@pytest.mark.parametrize(
    ("suffix", "files"),
    [
        (".csv", 200),
        (".sav", 600),
        (".xlsx", 300),
    ],
)
def test_a_damaged_file_is_read_or_refused(tmp_path, suffix, files):
    rng = random.Random(f"damage {suffix}")
    good = goods(tmp_path, suffix)
    assert set(outcomes(good)) == {"frame"}
    paths = []
    for number in range(files):
        source = good[number % len(good)]
        spoil = suffix == ".xlsx" and rng.random() < 0.7
        content = damaged_workbook(contents(source), rng) if spoil else damaged(source.read_bytes(), rng)
        paths.append(tmp_path / f"{number}{suffix}")
        paths[-1].write_bytes(content)
    found = outcomes(paths)
    assert {name: outcome for name, outcome in zip(range(files), found, strict=True) if outcome not in FINE} == {}
    assert set(found) >= FINE


# --- files that are known to be too much for a parser

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def far_cell(name: str) -> str:
    return SHEET.format(f'<row><c r="A1"><v>1</v></c></row><row><c r="{name}"><v>1</v></c></row>')


def label_of_no_variable(path: Path) -> Path:
    """Value labels whose record names variable 0; the first is 1."""
    content = sav(path).read_bytes()
    record = b"\4\0\0\0\1\0\0\0"
    at = content.index(record) + len(record)
    path.write_bytes(content[:at] + bytes(4) + content[at + 4 :])
    return path


def more_rows_than_memory(path: Path) -> Path:
    content = bytearray(sav(path).read_bytes())
    content[80:84] = (700_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def encoding_that_is_none(path: Path) -> Path:
    path.write_bytes(sav(path).read_bytes().replace(b"\5\0\0\0UTF-8", b"\5\0\0\0\xffTF-8"))
    return path


def dated(seconds: float):
    frame = pd.DataFrame({"afnamedatum": [13676083200.0, seconds]})
    return lambda path: sav(path, frame, variable_format={"afnamedatum": "DATE11"})


def text(content: str):
    def write(path):
        path.write_text(content)
        return path

    return write


KNOWN = {
    "a date of SPSS after the year 9999": (".sav", dated(1e12)),
    "a date of SPSS before the year 1": (".sav", dated(-1e12)),
    "a date of SPSS of no number": (".sav", dated(float("inf"))),
    "value labels of no variable": (".sav", label_of_no_variable),
    "more rows than fit in memory": (".sav", more_rows_than_memory),
    "an encoding that is none": (".sav", encoding_that_is_none),
    "a cell in the last corner of a sheet": (".xlsx", lambda path: xlsx(path, sheet=far_cell("XFD1048576"))),
    "a cell beyond the last corner of a sheet": (".xlsx", lambda path: xlsx(path, sheet=far_cell("ZZZZZZ9999999999"))),
    "a workbook without a sheet": (".xlsx", lambda path: xlsx(path, workbook="<workbook/>")),
    "a header of a quarter of a million letters": (".csv", text("x" * 250_000 + ",y\n1,2\n")),
    "a cell of a quarter of a million letters": (".csv", text("x,y\n" + "x" * 250_000 + ",1\n")),
    "a quote that runs on for a quarter of a million letters": (".csv", text('x,y\n"' + "1,2\n" * 60_000)),
}
# cells that the checks of the export refuse, each with its row
READ = {name for name in KNOWN if name.startswith("a date of SPSS")} | {"an encoding that is none"}


@pytest.fixture(scope="module")
def known_outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("known")
    paths = [make(folder / f"{number}{suffix}") for number, (suffix, make) in enumerate(KNOWN.values())]
    return dict(zip(KNOWN, outcomes(paths), strict=True))


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_that_a_parser_cannot_take_is_refused(name, known_outcomes):
    assert known_outcomes[name] == ("frame" if name in READ else "InputError")


# --- any text at all

cell_texts = st.text(st.characters(codec="cp1252", exclude_characters="\0\r"), max_size=12)


@FIXED
@given(
    content=st.binary(min_size=1, max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.text(';,\t"\n\r1a ').map(str.encode)
)
def test_any_bytes_are_read_as_csv_or_refused(tmp_path, content):
    path = tmp_path / "T0_jeugd.csv"
    path.write_bytes(content or b"\n")
    try:
        frame = read_export(path, ["a", "b"]).frame
    except InputError as error:
        assert all(problem.startswith("T0_jeugd.csv") for problem in error.problems)
    else:
        assert len(frame) > 0
        assert all(value is None or value == value.strip() != "" for value in frame.to_numpy().ravel())


@FIXED
@given(
    rows=st.lists(st.lists(cell_texts, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    newline=st.sampled_from(("\n", "\r\n")),
)
def test_what_a_csv_writer_writes_is_read_back(tmp_path, rows, delimiter, encoding, newline):
    """Cells without the letters of garbled text; in Windows-1252 some of these happen to be UTF-8 too."""
    rows = [
        [re.sub("[\u00a0-\u00ff\u0152-\u2122]", "é" if encoding != "cp1252" else "e", cell) for cell in row]
        for row in rows
    ]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(
        [["a", "b", "c"], *rows]
    )
    path = tmp_path / "T0_jeugd.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    expected = [[cell.strip() or None for cell in row] for row in rows]
    expected = [row for row in expected if any(row)]
    if not expected:
        with pytest.raises(InputError, match="has no rows"):
            read_export(path, ["a", "b", "c"])
    else:
        assert read_export(path, ["a", "b", "c"]).frame.to_numpy().tolist() == expected
