"""Words of a study as the report's tables, figures and sentences take them."""

LABELS = {
    "groups": {"approach": "Multifocus", "control": "Controlegroep"},
    "phrases": {"approach": "de Multifocus-groep", "control": "de controlegroep"},
    "waves": {"T0": "T0", "follow_up": "T2"},
    "units": {"household": "huishoudens", "adult": "volwassenen", "child": "kinderen", "youth": "jeugdigen"},
    "effects": {"time": "Meting", "group": "Groep", "interaction": "Groep × meting"},
    "forms": {"adult": "volwassenen"},
    "titles": {"violence": "totaal geweld"},
    "samples": {"all": "vóór", "matched": "na"},
    "covariates": {"thv": "huisverbod"},
    "smd": "verschil",
    "not_shown": "niet getoond",
}
