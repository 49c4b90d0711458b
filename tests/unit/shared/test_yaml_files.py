import time

import pytest
import yaml
from given.paths import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml, yaml_text


def reading(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as error:
        read_yaml(path)
    (problem,) = error.value.problems
    return problem.replace(str(path), "a.yaml")


def test_a_date_stays_text(tmp_path):
    (tmp_path / "a.yaml").write_text("day: 2026-11-21")
    assert read_yaml(tmp_path / "a.yaml") == {"day": "2026-11-21"}


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError) as error:
        read_yaml(tmp_path / "b.yaml")
    assert error.value.problems == [f"{tmp_path / 'b.yaml'}: there is no such file."]


def test_a_key_that_stands_twice_is_named_with_its_line(tmp_path):
    problem = reading(tmp_path, "seed: 1\nwaves: []\nseed: 2\n")
    assert problem == "a.yaml: is not valid YAML: line 1: key 'seed' stands here twice."


def test_a_key_that_stands_twice_in_an_inner_mapping_is_found(tmp_path):
    assert "line 2: key 'x' stands here twice" in reading(tmp_path, "outer:\n  x: 1\n  x: 1\n")


def test_broken_yaml_is_told_in_one_line_with_its_place(tmp_path):
    problem = reading(tmp_path, "waves: [T0, T1\nseed: 1\n")
    assert problem.startswith("a.yaml: is not valid YAML: ")
    assert "line 2" in problem
    assert "\n" not in problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b: c", "line 1: a colon stands where none can"),
        ("a: [1, 2", "line 2: a list that begins with [ has no ]"),
        ("a: {b: 1", "line 2: keys that begin with { have no }"),
        ('a: "x\nb: 1', "line 2: a quote is not closed"),
        ("a:\n\t- b", "line 2: no value begins with this sign"),
        ("a: 1\nb 2\n", "line 3: the key before it has no colon"),
        ("a: 1\n}", "line 2: its first word does not stand straight below"),
        ("- a\nb: 1", "line 2: it does not begin with -"),
    ],
    ids=lambda value: value[:8],
)
def test_common_slips_are_told_in_words_for_who_does_not_know_yaml(tmp_path, text, told):
    assert f"a.yaml: is not valid YAML: {told}" in reading(tmp_path, text)


def test_text_in_another_encoding_is_refused(tmp_path):
    assert reading(tmp_path, "label: één".encode("cp1252")) == "a.yaml: is not UTF-8 text; save it as UTF-8."


# YAML 1.2.2, section 10.3: what a plain word is by the core schema. All else is text.
NUMBERS = {
    **{"0": 0, "-0": 0, "+12": 12, "010": 10, "-007": -7, "08": 8, "0o17": 15, "0xFf": 255, "0x1e3": 483},
    **{"1.": 1.0, ".5": 0.5, "-.5": -0.5, "1e3": 1000.0, "1E-2": 0.01, "01.50": 1.5, "+2.5e+1": 25.0, "0.": 0.0},
}
WORDS = {
    **{"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False},
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
TEXTS = [
    *(
        "1:1",
        "2:30",
        "190:20:30",
        "-1:30",
        "1:30.5",
        "1_000",
        "1_0.5",
        "0b101",
        "0B1",
        "0o8",
        "-0o7",
        "0x",
        "0xG",
        "+0x1",
    ),
    *("yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N", "tRUE", "nULL"),
    *("2026-11-21", "2026-11-21 09:30:00", "2026-11-21T09:30:00Z", "=", ".", "..", "+", "1e", "e3", "1.2.3", "1 000"),
    *("inf", "nan", "+.e3", "١", "１", "T0", "2x2", "3-5", "none", "None", "ja", "nee", "0.1.", "--1"),
]


@pytest.mark.parametrize(
    ("plain", "meant"), [*NUMBERS.items(), *WORDS.items(), *((text, text) for text in TEXTS)], ids=repr
)
def test_a_plain_word_is_what_yaml_1_2_makes_of_it(tmp_path, plain, meant):
    (tmp_path / "a.yaml").write_text(f"value: {plain}\nlist: [a, {plain or '~'}]\n{plain or '~'}: key\n")
    content = read_yaml(tmp_path / "a.yaml")
    found = [content["value"], content["list"][1], next(name for name in content if content[name] == "key")]
    assert [(value, type(value)) for value in found] == [(meant, type(meant))] * 3


# With letters that numbers, dates and truths are made of: other texts are seldom taken for something else.
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0179.:_-+eExobnyfTNO~= ", max_size=7) | st.sampled_from([*NUMBERS, *WORDS, *TEXTS]))
def test_a_text_that_is_written_is_read_as_that_text(tmp_path, text):
    (tmp_path / "a.yaml").write_text(yaml_text({"value": text, text: [1, 0.5, True, None]}))
    assert read_yaml(tmp_path / "a.yaml") == {"value": text, text: [1, 0.5, True, None]}
    assert yaml.safe_load((tmp_path / "a.yaml").read_text()) == {"value": text, text: [1, 0.5, True, None]}


@pytest.mark.parametrize("path", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("profiles/*/*.yaml")))
def test_a_file_that_snakemake_reads_by_yaml_1_1_means_the_same_by_1_2(path):
    assert yaml.safe_load((ROOT / path).read_text()) == read_yaml(ROOT / path)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
KEYS = "a: &a {k: 1}\n" + "".join(
    f"{name}: &{name} {{x: *{before}, y: *{before}, z: *{before}}}\n"
    for before, name in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
)
MERGED = "a: &a {k: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 20)}]}}\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "line 5: has more than 100000 values, with all that its aliases stand for"),
        (KEYS, "has more than 100000 values"),
        (MERGED, "has more than 100000 values"),
        (f"{BOMB}title: *i", "has more than 100000 values"),
        ("- 1\n" * 100_001, "has more than 100000 values"),
        ("a: &a [*a]", "line 1: alias *a stands for nothing that is complete above it"),
        ("a: *b", "line 1: alias *b stands for nothing that is complete above it"),
        ("[" * 100_000, "line 1: is deeper than 50 levels"),
        ("- " * 50_000 + "a", "line 1: is deeper than 50 levels"),
        ("\n".join(" " * depth + "a:" for depth in range(60)), "line 51: is deeper than 50 levels"),
        ("seed: " + "9" * 5000, "line 1: 99999999999999999999… is a number of 40 signs or more"),
        ("seed: 0x" + "f" * 5000, "line 1: 0xffffffffffffffffff… is a number of 40 signs or more"),
        ("seed: 1.0e+999", "line 1: 1.0e+999 is no number that can be counted with"),
        ("seed: .nan", "line 1: .nan is no number that can be counted with"),
        ("a: !!python/object/apply:os.system [ls]", "line 1: tag !!python/object/apply:os.system is not allowed"),
        ("a: !!set {x, y}", "line 1: tag !!set is not allowed"),
        ("a: !own x", "line 1: tag !own is not allowed"),
        ("? [a, b]\n: 1", "line 1: a list or keys cannot be a key"),
        ('label: "een\\x07bel"', "line 1: holds a sign that cannot be printed"),
    ],
    ids=lambda value: None if len(value) < 70 else value[:8],
)
def test_what_would_take_time_or_memory_or_runs_something_is_one_sentence_at_once(tmp_path, text, told):
    start = time.process_time()
    assert told in reading(tmp_path, text)
    assert time.process_time() - start < 2


def test_a_file_of_many_megabytes_is_not_read(tmp_path):
    assert reading(tmp_path, b"#" * 5_000_001) == "a.yaml: is 5 MB; allowed: at most 5 MB."


def test_a_sha256_a_text_and_aliases_of_a_person_are_read(tmp_path):
    text = f"rest: &rest {{a: 1, b: '{'9' * 64}'}}\nown: {{<<: *rest, a: 2}}\nsha: {'1f' * 32}\ntext: \"een\\nregel\"\n"
    (tmp_path / "a.yaml").write_text(text)
    assert read_yaml(tmp_path / "a.yaml") == {
        "rest": {"a": 1, "b": "9" * 64},
        "own": {"a": 2, "b": "9" * 64},
        "sha": "1f" * 32,
        "text": "een\nregel",
    }


def test_many_keys_are_read_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("".join(f"key_{number}: 1\n" for number in range(10_000)))
    start = time.process_time()
    assert len(read_yaml(tmp_path / "a.yaml")) == 10_000
    assert time.process_time() - start < 2


@pytest.mark.parametrize("number", ["0o" + "7" * 38, "0o" + "7" * 6000, "0x" + "f" * 38, "9" * 40, "-" + "9" * 40])
def test_a_number_that_is_too_long_to_be_told_is_refused_however_it_is_written(tmp_path, number):
    problem = reading(tmp_path, f"seed: {number}\n")
    told = "is a number of 40 signs or more; text stands between quotes."
    assert problem == f"a.yaml: is not valid YAML: line 1: {number[:20]}… {told}"


@pytest.mark.parametrize("sign", "\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u061c")
def test_a_sign_that_nobody_sees_is_refused_however_it_is_written(tmp_path, sign):
    for value in (f"De {sign}Aanpak", f"'De Aanpak{sign}'", f'"De \\u{ord(sign):04x}Aanpak"', f"|\n  De {sign}Aanpak"):
        problem = reading(tmp_path, f"title: {value}\n")
        assert problem.startswith("a.yaml: is not valid YAML: line 1: ")
        assert problem.endswith(f"holds U+{ord(sign):04X}, a sign that nobody sees; take it out.")
        reading(tmp_path, f"{sign}title: 1\n" if sign != "\ufeff" else f"a: 1\nti{sign}tle: 1\n")
    path = tmp_path / "b.yaml"
    path.write_text("a: één\u00adwoord 👩\u200d👧\u00a0~", encoding="utf-8")
    assert read_yaml(path) == {"a": "één\u00adwoord 👩\u200d👧\u00a0~"}
