import ast
import re
import string

import pytest
from given.paths import ROOT

from effectstudie.definitions.checks.content import described
from effectstudie.definitions.result_tables.quality import HOW_READ
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages import dutch
from effectstudie.shared.messages.dutch import CATALOGUE, in_dutch, told, told_in_log
from effectstudie.shared.messages.sentences import has_words, joined, private, say
from effectstudie.shared.yaml_files import read_yaml

PACKAGE = ROOT / "workflow/effectstudie"
KNOWN = {"{file}, row {row}": "{file}, rij {row}", "{where}: is {allowed}": "{where}: is {allowed} (NL)", "a": "een"}


def said_in(module):
    """Templates of the sentences that a module says, in order."""
    calls = [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
    return [(call.args[0].value, {keyword.arg for keyword in call.keywords}) for call in said]


def fields(template):
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def described_in(schema):
    """What a schema says is allowed, in order."""
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    own = [described(schema).template] if isinstance(getattr(schema, "get", {}.get)("description"), str) else []
    return own + [text for part in inside for text in described_in(part)]


SCRIPTS = {f"scripts/{path.stem}": path for path in sorted((ROOT / "workflow/scripts").glob("*.py"))}
MODULES = {path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
SAID = {name: said for name, path in (MODULES | SCRIPTS).items() if (said := said_in(path))}
SAID["definitions/result_tables/quality"] = [(text, fields(text)) for text in HOW_READ.values()]
SCHEMAS = [read_yaml(path) for path in sorted((ROOT / "workflow/schemas").glob("*.yaml"))]
SAID["schemas"] = [(text, set()) for schema in SCHEMAS for text in described_in(schema)]


def test_sentences_within_sentences_are_said_in_dutch_too():
    sentence = say("{where}: is {allowed}", where=say("{file}, row {row}", file="a", row=2), allowed=[say("a"), "b"])
    assert in_dutch(sentence, KNOWN) == "a, rij 2: is een, b (NL)"


def test_a_word_between_parts_is_said_in_dutch_too():
    assert in_dutch(joined(say(" or "), ["x", say("a")]), KNOWN | {" or ": " of "}) == "x of een"


def test_what_the_catalogue_does_not_know_stays_english():
    assert in_dutch(say("{file}: is new", file="b"), KNOWN) == "b: is new"


def test_an_error_is_told_whole_on_the_screen_and_without_answers_in_the_log(monkeypatch):
    monkeypatch.setattr(dutch, "read_catalogue", lambda: KNOWN)
    error = InputError([say("{file}, row {row}", file="a", row=1) + private(", 'x'"), "plain"])
    assert told(error) == "a, rij 1, 'x'\nplain"
    assert told_in_log(error) == "a, rij 1\nplain"


def test_what_the_machine_refuses_is_told_with_its_file():
    assert told(OSError(13, "Permission denied", "a.csv")) == "a.csv: geen toegang."
    assert told(OSError(28, "No space left on device")) == "de schijf is vol"


@pytest.mark.parametrize("module", SAID)
def test_the_catalogue_has_each_sentence_of_a_module_in_dutch_and_no_other(module):
    listed = {one["en"]: one["nl"] for one in read_yaml(CATALOGUE).get(module, [])}
    assert list(listed) == list(dict.fromkeys(text for text, _ in SAID[module] if has_words(text)))
    assert {en: fields(nl) for en, nl in listed.items()} == {en: fields(en) for en in listed}


def test_each_field_of_a_sentence_has_its_value():
    assert [text for said in SAID.values() for text, given in said if fields(text) != given] == []


def test_the_catalogue_has_no_modules_that_say_nothing():
    assert set(read_yaml(CATALOGUE)) <= set(SAID)


def test_one_sentence_has_one_translation():
    listed = [(one["en"], one["nl"]) for sentences in read_yaml(CATALOGUE).values() for one in sentences]
    assert len(set(listed)) == len(dict(listed))
