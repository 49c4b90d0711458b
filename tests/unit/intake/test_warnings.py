"""What is odd, as a table."""

from effectstudie.intake.warnings import WARNING_COLUMNS, as_table


def test_no_warnings_are_a_table_too():
    assert list(as_table([]).columns) == WARNING_COLUMNS
