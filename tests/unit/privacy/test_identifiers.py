import pytest

from effectstudie.privacy.identifiers import what_text_names


@pytest.mark.parametrize("text", ["mijn bsn is 123456782", "111.222.333", "123 456 782."])
def test_nine_digits_that_pass_the_eleven_test_are_a_citizen_service_number(text):
    assert what_text_names(text) == "a citizen service number (BSN)"


@pytest.mark.parametrize("text", ["dossier 123456789", "000000000", "1123456782"])
def test_other_digits_are_none(text):
    assert what_text_names(text) is None


def test_an_account_with_a_mistyped_digit_still_names_somebody():
    assert what_text_names("NL91 ABNA 0417 1643 00") == what_text_names("NL92 ABNA 0417 1643 00") == "a bank account"
