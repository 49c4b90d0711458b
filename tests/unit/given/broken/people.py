"""Ids that do not hold together, and people who change."""

from given.broken.cases import Cases
from given.broken.exports import J0, J1, J2, K0, K1, K2, ROWS, V0, V1, V2, H, set_cell
from given.good_exports import cells_of, csv_of, rows_of

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


@broken("an id twice", [f"{V0}.csv, row 7, column respondent_id: same id as row 6; an id may occur once"])
def _(x):
    cells = x.cells(V0)
    cells.loc[6, ["respondent_id", "huishouden_id"]] = cells.loc[5, ["respondent_id", "huishouden_id"]]


@broken("a row twice", [f"{J1}.csv, row 31, column kind_id: same id as row 4; an id may occur once"])
def _(x):
    lines = x.lines(J1)
    x.write(f"{J1}.csv", "\n".join([*lines, lines[4]]))


@broken("a child twice by one respondent", [f"{K0}.csv, row 2, column respondent_id, kind_id: same id as row 1"])
def _(x):
    x.cells(K0).loc[1, "kind_id"] = x.cells(K0).loc[0, "kind_id"]


broken("an empty id", [f"{V1}.csv, row 3, column respondent_id: the id is empty"])(
    set_cell(V1, 3, "respondent_id", " ")
)
broken("an empty household", [f"{K1}.csv, row 3, column huishouden_id: the id is empty"])(
    set_cell(K1, 3, "huishouden_id", "")
)
broken("a household that is not in huishoudens", [
    f"{V0}, row 8, column huishouden_id: the household is not in huishoudens",
    f"{K0}, row 13, column huishouden_id: the respondent was in another household in {V0}"])(
    set_cell(V0, 8, "huishouden_id", "DEMO-H77"))  # fmt: skip


@broken(
    "a household left out of huishoudens",
    [
        f"{export}, row … column huishouden_id: the household is not in huishoudens"
        for export in (V0, V2, K0, K2, J0, J2)
    ],
)
def _(x):
    lines = x.lines(H)
    x.write(f"{H}.csv", "\n".join(line for line in lines if "H11" not in line))


@broken("a household in two approaches", [f"{H}.csv, row 37, column huishouden_id: same id as row 2 … one approach"])
def _(x):
    lines = x.lines(H)
    x.write(f"{H}.csv", "\n".join([*lines, lines[2].replace("Multifocus", "Veilig Verder")]))


@broken("a respondent who changes household", [
    f"{V1}, row 2, column huishouden_id: the respondent was in another household in",
    f"{K1}, row 3, column huishouden_id: the respondent was in another household in {V1}"])  # fmt: skip
def _(x):
    x.cells(V1).loc[1, "huishouden_id"] = "DEMO-H09"


@broken("a child who changes household", [
    f"{J1}, row 1, column huishouden_id: the child was in another household",
    f"{K2}, row 2, column huishouden_id: the child was in another household"])  # fmt: skip
def _(x):
    x.cells(J1).loc[0, "huishouden_id"] = "DEMO-H09"


@broken("a child's id used in two households", [
    f"{K0}, row 6, column huishouden_id: the child was in another household",
    f"{K0}, row 6, column kind_geslacht, value … the sex differs",
    f"{K1}, row 1, column huishouden_id: the child was in another household",
    f"{K1}, row 1, column kind_geslacht, value … the sex differs"])  # fmt: skip
def _(x):
    x.cells(K0).loc[5, "kind_id"] = x.cells(K0).loc[0, "kind_id"]


@broken("a respondent who was not in T0", warnings=[f"{V1}, stranger, … {V0} (1)"])
def _(x):
    x.cells(V1).loc[0, "respondent_id"] = "DEMO-H01-V9"
    cells = x.cells(K1)
    cells["respondent_id"] = cells["respondent_id"].replace("DEMO-H01-V1", "DEMO-H01-V9")


@broken(
    "ids of a wave in small letters",
    warnings=[f"{V1}, id_capitals, column respondent_id: {V0} (54)", f"{K1}, id_capitals, … (90)"],
)
def _(x):
    for export in (V1, K1):
        x.cells(export)["respondent_id"] = x.cells(export)["respondent_id"].str.lower()


@broken(
    "ids that Excel made numbers with an exponent",
    [f"{V1}.csv, rows … and 46 more, column respondent_id: the id is a number that a spreadsheet rounded"],
)
def _(x):
    x.cells(V1)["respondent_id"] = [f"1,{number:02d}E+14" for number in range(len(x.cells(V1)))]


@broken("a report on a child by somebody who is no respondent", warnings=[f"{K1}, stranger, … {V1} (2)"])
def _(x):
    lines = x.lines(V1)
    kept = [line for line in lines if "DEMO-H01-V2" not in line]
    assert len(kept) == len(lines) - 1
    x.write(f"{V1}.csv", "\n".join(kept))


@broken("a youth whom no adult reports on", warnings=[f"{export}, stranger, … {K0} (1)" for export in (J0, J1, J2)])
def _(x):
    for export in (J0, J1, J2):
        cells = x.cells(export)
        cells["kind_id"] = cells["kind_id"].replace("DEMO-H05-K1", "DEMO-H05-K7")


@broken("one person under two ids", warnings=[f"{V0}, same_answers, … (2)"])
def _(x):
    cells = x.cells(V0)
    cells.loc[9, cells.columns[5:]] = cells.loc[8, cells.columns[5:]].to_numpy()


@broken("a person's answers of the wave before", warnings=[f"{V1}, repeated, … {V0} (1)"])
def _(x):
    before, cells = x.frame(V0), x.cells(V1)
    same = [name for name in cells if name in before and name not in ("afnamedatum", "leeftijd")]
    [row] = cells.index[cells["respondent_id"] == before["respondent_id"][8]]
    cells.loc[row, same] = cells_of(before).loc[8, same]


@broken(
    "three adults in a household",
    warnings=[f"{V0}, many_adults, column huishouden_id … (3)", f"{V0}, same_answers, … (2)"],
)
def _(x):
    before = x.lines(V0)[1]
    x.write(
        f"{V0}.csv",
        "\n".join([*x.lines(V0), before.replace("DEMO-H01-V1", "DEMO-H01-V3").replace("2016-03-25", "2016-03-26")]),
    )


@broken("an adult whose sex differs between waves", [
    f"{V1}, row 4, column geslacht, value 1 after 2: the sex differs from that in {V0}",
    f"{V2}, row 4, column geslacht, value 2 after 1: the sex differs from that in {V1}"])  # fmt: skip
def _(x):
    assert x.cells(V1).loc[3, "geslacht"] == "2"
    x.cells(V1).loc[3, "geslacht"] = "1"


@broken(
    "men and women exchanged in the last wave",
    [(2, f"{V2}, row … column geslacht, value … the sex differs from that in T")],
)
def _(x):
    cells = x.cells(V2)
    cells["geslacht"] = cells["geslacht"].map({"1": "2", "2": "1"})


@broken("a child whose sex differs between itself and its parents", [
    f"{J0}, row 3, column geslacht … the sex differs from that in {K0}",
    f"{K1}, row … column kind_geslacht … the sex differs from that in {J0}"])  # fmt: skip
def _(x):
    cells = x.cells(J0)
    cells.loc[2, "geslacht"] = {"1": "2", "2": "1"}[cells.loc[2, "geslacht"]]


@broken("an adult who grows younger", [f"{V1}, row 5, column leeftijd, value … the age is lower than that in {V0}"])
def _(x):
    x.cells(V1).loc[4, "leeftijd"] = "30"


@broken("a year of birth that differs", [
    f"{V1}, row 5, column leeftijd, value 48 after … the year of birth differs from that in {V0}",
    f"{V2}, row 5, column leeftijd, value … after 48: the age is lower than that in {V1}"])  # fmt: skip
def _(x):
    x.cells(V1).loc[4, "leeftijd"] = "48"


@broken("a child three years older after a year", warnings=[f"{K2}, age, column kind_leeftijd: {K1} (1)"])
def _(x):
    cells = x.cells(K2)
    chosen = cells["kind_id"] == "DEMO-H09-K1"
    cells.loc[chosen, "kind_leeftijd"] = [str(int(age) + 2) for age in cells.loc[chosen, "kind_leeftijd"]]


@broken("a child outside the ages of its questionnaires", [
    f"{K0}.csv, row 1, column kind_leeftijd, value '2': {name} is for children of {ages}"
    for name, ages in (("TSCYC", "3-12"), ("SIMS-PR", "3-12"), ("Security Scale", "3-18"))])  # fmt: skip
def _(x):
    x.cells(K0).loc[0, "kind_leeftijd"] = "2"


@harmless("ids of numbers, that each format writes in its way")
def _(x):
    for export in ROWS:
        frame = x.frame(export)
        for name in ("huishouden_id", "respondent_id", "kind_id"):
            if name in frame:
                digits = frame[name].str.replace("V", "1").str.replace("K", "2").str.replace(r"\D", "", regex=True)
                frame[name] = digits.astype(float)
        if export.startswith("T1"):
            x.sav(export, frame)
        elif export.startswith("T2"):
            x.xlsx(export, rows_of(frame))
        else:
            x.write(f"{export}.csv", csv_of(cells_of(frame)))
