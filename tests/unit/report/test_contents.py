"""What is numbered and noted once for a whole block."""

import pandas as pd

from effectstudie.report.contents import block_rows


def test_block_rows_lift_what_holds_for_the_whole_block():
    frame = pd.DataFrame(
        [["Leeftijd", "jong", "40%", "p<.05"], ["Leeftijd", "oud", "60%", ""], ["Aantal", "", "51", ""]],
        columns=["Kenmerk", "Categorie", "A", "Verschil"],
    )
    assert block_rows(frame) == [
        {"kind": "block", "cells": ["Leeftijd", "", "p<.05"]},
        {"kind": "class", "cells": ["jong", "40%", ""]},
        {"kind": "class", "cells": ["oud", "60%", ""]},
        {"kind": "row", "cells": ["Aantal", "51", ""]},
    ]
