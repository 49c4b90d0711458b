from effectstudie.runs.sentences import Sentence, rewordings, sentences_of_page, sentences_of_record, split, words_apart

HEADINGS = {"summary": "Samenvatting", "certainty": "Hoe zeker zijn de uitkomsten"}
PAGE = """<html><body><nav><p>Inhoud</p></nav><main>
<h2>Resultaten</h2><h3>Geweld</h3>
<p>Het geweld daalt&nbsp;van <b>112</b> naar 44 (p&nbsp;=&nbsp;<span>,003</span>). Dat is veel.</p>
<ul><li>Eerste punt.<ul><li>Deel ervan.</li></ul>Slot.</li></ul>
<div class="table key"><table><caption>Tabel 1. Kern</caption><thead><tr><th>Uitkomst</th></tr></thead>
<tbody><tr><td>112</td></tr></tbody></table></div>
<table><tr><td>Eigen tabel.</td></tr></table>
<h3>Welzijn</h3><p>Gelijk.</p></main><style>p { color: red; }</style></body></html>"""


def said(parts):
    return "|".join({"same": "", "removed": "-", "added": "+"}[operation] + text for operation, text in parts)


def reworded(old, new):
    return [said(one.parts) for one in rewordings([Sentence("", t) for t in old], [Sentence("", t) for t in new])]


def test_sentences_end_where_the_next_begins_like_one():
    text = "Felitti e.a. (1998) telden 1.029 gezinnen. Van hen  zijn er\u00a02 (p = ,05). Is dat veel? Ja."
    assert split(text) == [
        *("Felitti e.a. (1998) telden 1.029 gezinnen.", "Van hen zijn er 2 (p = ,05).", "Is dat veel?", "Ja."),
    ]
    assert split("  ") == []


def test_a_page_is_read_without_its_contents_and_the_cells_of_its_tables():
    assert sentences_of_page(PAGE) == [
        Sentence("Resultaten", "Resultaten"),
        Sentence("Resultaten › Geweld", "Geweld"),
        Sentence("Resultaten › Geweld", "Het geweld daalt van 112 naar 44 (p = ,003)."),
        Sentence("Resultaten › Geweld", "Dat is veel."),
        Sentence("Resultaten › Geweld", "Eerste punt."),
        Sentence("Resultaten › Geweld", "Slot."),
        Sentence("Resultaten › Geweld", "Deel ervan."),
        Sentence("Resultaten › Geweld", "Tabel 1."),
        Sentence("Resultaten › Geweld", "Kern"),
        Sentence("Resultaten › Geweld", "Eigen tabel."),
        Sentence("Resultaten › Welzijn", "Welzijn"),
        Sentence("Resultaten › Welzijn", "Gelijk."),
    ]


def test_without_a_page_the_record_tells_the_sentences():
    block = {"title": "Totaal geweld", "items": [{"outcome": "total_violence", "sentences": ["Het daalt.", "Veel."]}]}
    record = {
        "summary": {"participants": "Er deden 51 mee.", "sentences": ["Het geweld daalt."]},
        "sections": [{"title": "Geweld", "blocks": [block]}],
        "certain": {"conclusions": ["Alles houdt stand."]},
    }
    assert sentences_of_record(record, HEADINGS) == [
        Sentence("Samenvatting", "Er deden 51 mee."),
        Sentence("Samenvatting", "Het geweld daalt."),
        Sentence("Geweld › Totaal geweld", "Het daalt."),
        Sentence("Geweld › Totaal geweld", "Veel."),
        Sentence("Hoe zeker zijn de uitkomsten", "Alles houdt stand."),
    ]
    assert sentences_of_record({}, HEADINGS) == []


def test_the_same_sentences_have_no_rewordings():
    assert reworded(["Een.", "Twee.", "Een."], ["Een.", "Twee.", "Een."]) == []


def test_of_a_sentence_only_the_words_that_differ_are_marked():
    old, new = "Het geweld daalt van 112 naar 44.", "Het geweld daalt van 108 naar 44 incidenten."
    assert reworded([old], [new]) == ["Het geweld daalt van|-112|+108|naar|-44.|+44 incidenten."]
    assert words_apart("", "Nieuw hier.") == [("added", "Nieuw hier.")]


def test_sentences_come_and_go():
    same = ["Eerst dit.", "Dan dat daar."]
    assert reworded(same, [same[0], "Iets geheel anders.", same[1]]) == ["+Iets geheel anders."]
    assert reworded([*same, "Weg ermee."], same) == ["-Weg ermee."]
    assert reworded(["Een kat zit stil."], ["Morgen regent het."]) == ["-Een kat zit stil.", "+Morgen regent het."]


def test_a_new_sentence_is_not_taken_for_the_changed_one_behind_it():
    old = ["Het geweld daalt van 112 naar 44 per jaar."]
    new = ["Dit is er bij gekomen.", "Het geweld daalt van 112 naar 45 per jaar."]
    assert reworded(old, new) == ["+Dit is er bij gekomen.", "Het geweld daalt van 112 naar|-44|+45|per jaar."]


def test_a_rewording_stands_under_the_headings_of_the_new_report():
    (found,) = rewordings([Sentence("Oud", "Er deden 51 mee.")], [Sentence("Nieuw", "Er deden 52 mee.")])
    assert found.place == "Nieuw"
    (found,) = rewordings([Sentence("Oud", "Er deden 51 mee.")], [])
    assert found.place == "Oud"
