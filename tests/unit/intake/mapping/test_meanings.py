import pytest

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.mapping.meanings import code_in, meant_code

SEX = Column("geslacht", "code", "", values={1: "man", 2: "vrouw"})


@pytest.mark.parametrize(
    ("cell", "code"), [("1", 1.0), (1, 1.0), ("1,0", 1.0), ("01", 1.0), (" man ", "man"), (None, None), ("  ", None)]
)
def test_a_code_is_a_number_however_it_is_written(cell, code):
    assert code_in(cell) == code


def test_a_label_means_the_code_that_the_codebook_calls_so():
    assert [meant_code(label, SEX) for label in ("1. Mán", "VROUW!", "anders", "")] == [1, 2, None, None]
