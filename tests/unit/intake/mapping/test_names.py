import pytest

from effectstudie.intake.mapping.names import blocks, joined, parts_of, without_shared, without_wave


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("tsi_001", ("tsi", "1")),
        ("TSI[SQ001]", ("tsi", "1")),
        ("Tsi.item.01", ("tsi", "1")),
        ("auditC_zelf-1", ("auditczelf", "1")),
        ("HulpPolitieNut", ("hulppolitienut",)),
        ("Énquête_2a", ("enquete", "2", "a")),
        ("nr", ("nr",)),
        ("%", ("",)),
    ],
)
def test_a_name_without_capitals_signs_zeros_and_idle_words(name, parts):
    assert joined(parts_of(name)) == parts


@pytest.mark.parametrize("name", ["V12_1_T1", "T1_V12_1", "v12.1.meting1", "V12_1_w1", "t1V12_1"])
def test_the_wave_is_no_part_of_a_name(name):
    assert without_wave([name], "T1") == {name: ("v", "12", "1")}
    assert without_wave([name], "T2")[name] != ("v", "12", "1")


def test_what_nearly_all_names_begin_or_end_with_says_nothing():
    names = {"vw_tsi_1_1": ("tsi", "1"), "vw_tsi_2_1": ("tsi", "2"), "vw_sekse_1": ("sekse",), "id": ("id",)}
    assert without_shared(names, None) == names
    numbered = {f"v{number}": ("v", str(number)) for number in range(1, 9)}
    assert without_shared(numbered, None) == numbered


def test_columns_that_differ_in_their_last_number_are_a_block():
    names = ["a_1", "a_2", "a_10", "b_1", "b_2", "c"]
    assert blocks(without_wave(names, None)) == {("a",): {1: "a_1", 2: "a_2", 10: "a_10"}}
