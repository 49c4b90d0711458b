"""Tables and a run of an invented study, to hold against a changed copy."""

from given.paths import ROOT

from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.tables import read_table
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/pages/compare/compare.nl.yaml")
DESCRIPTIVES = """outcome,unit,group,wave,n,mean,sd,ci_low,ci_high
participation,household,approach,T0,51,,,,
safety,adult,approach,T0,64,7.1,1.9,6.6,7.6
safety,adult,control,T0,71,7.3,1.8,6.9,7.7
violence_class.mild,household,approach,T0,51,9.8,,4.3,21
"""
TESTS = """outcome,unit,analysis,effect,group,wave,statistic,value,df1,df2,p,effect_size,effect_value,size_word,n,note
safety,adult,mixed_anova,time,,,F,8.1,1,120,0.005,partial_eta_squared,0.063,small_to_medium,122,
safety,adult,mixed_anova,interaction,,,F,3.7,1,120,0.058,partial_eta_squared,0.03,small_to_medium,122,
safety,adult,paired_t,time,approach,,t,2.9,58,,0.004,partial_eta_squared,0.13,,59,
safety,adult,mean_change,time,approach,,,,,,,mean_change,0.6,,59,
sex,adult,chi_squared,group,,T0,chi2,3.2,1,,0.07,cramers_v,0.15,,135,
"""
SENSITIVITY = """outcome,unit,analysis,value,p
safety,adult,main,-0.4,0.058
safety,adult,cr2,-0.4,0.061
"""
VERDICTS = """outcome,unit,p,p_holm,p_bh,verdict,against
safety,adult,0.058,0.2,0.1,differs,ancova
"""
TEXTS = {"descriptives": DESCRIPTIVES, "tests": TESTS, "sensitivity": SENSITIVITY, "verdicts": VERDICTS}
PRINTED = {
    "tests": "Uitkomst,Effect,p,Grootte\nVeiligheid,Meting,\",005\",klein\nVeiligheid,Groep × meting,\",058\",klein\n",
    "key": "Uitkomst,Aanpak T0,Beide groepen samen\nVeiligheid,\"7,1\",verbetert (klein)\n",
    "conclusions": "Uitkomst,p,Conclusie\nVeiligheid,\",058\",houdt stand\n",
    "figure_safety": "name,sample,size,strategy\nA,voor,0.4,1\nA,voor,0.4,2\nA,na,0.1,1\n",
}  # fmt: skip


def analysis(**changed):
    return {name: read_table(changed.get(name, text)) for name, text in TEXTS.items()}


def printed(**changed):
    return {name: read_table(changed.get(name, text)) for name, text in PRINTED.items()}


def run(**changed):
    settings = {"config": {"seed": 1, "waves": ["T0", "T1"]}, "study": {"matching": {"ratio": 2}}}
    facts = {"file": "T0.sav", "sha256": "a" * 64, "rows": 362, "corrections": 0, "corrections_sha256": "b" * 64}
    whole = {
        "exports": {"T0_jeugd": facts, "T1_jeugd": facts},
        "settings": settings,
        "files": {"resources/instruments/ace.yaml": "1", "workflow/effectstudie/score.py": "2"},
        "versions": {"R": "4.2.2", "pandas": "3.1.1"},
        "analysis": analysis(),
        "printed": printed(),
        "record": {"summary": {"participants": "Er deden 51 huishoudens mee."}},
        "html": "<html><body><h2>Samenvatting</h2><p>Er deden 51 huishoudens mee.</p></body></html>",
        "recorded": True,
    }
    return FinishedRun(**whole | changed)
