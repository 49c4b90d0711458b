"""Numbers as the report prints them."""

from given.shown_values import NAN

from effectstudie.report.values import difference_text, size_word


def test_no_size_word_reads_as_empty():
    assert size_word({"size_word": NAN}) == ""
    assert size_word({"size_word": "groot"}) == "groot"


def test_a_difference_keeps_its_side_of_the_rule_of_thumb():
    shown = [difference_text(smd) for smd in (0.0996, 0.1, -0.0996, -0.001, -1.2, NAN, None)]
    assert shown == ["0,0996", "0,10", "−0,0996", "0,00", "1,2 of meer", "–", "–"]
