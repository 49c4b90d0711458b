"""Columns that lack, occur twice or bear another name."""

from given.broken.cases import Cases
from given.broken.exports import J0, K0, K1, V0, V1, add_column
from given.good_exports import cells_of, csv_of

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


@broken("a column missing", [f"{V0}.csv: the questionnaire Achtergrond lacks column opleiding; add it to the export"])
def _(x):
    del x.cells(V0)["opleiding"]


@broken("a questionnaire missing", [f"{K0}.csv: the questionnaire PPQ lacks columns ppq_01, ppq_02"])
def _(x):
    cells = x.cells(K0)
    for name in [name for name in cells if name.startswith("ppq_")]:
        del cells[name]


@broken("a column twice", [f"{V0}.csv: column inkomen occurs twice; keep one"])
def _(x):
    x.cells(V0).insert(9, "inkomen", "1", allow_duplicates=True)


@broken("a column twice by its name in config/variables.csv", [f"{V0}.csv: columns inkomen, V12 are all named inkomen"])
def _(x):
    add_column(V0, "V12", lambda _: "1")(x)
    x.rename((V0, "V12", "inkomen"))


@broken("a name in config/variables.csv that no codebook has", ["variables.csv … inkomsten … inkomen"])
def _(x):
    x.rename((V0, "V12", "inkomsten"))


broken("a column that no codebook has", unmapped=[f"{V0}.csv: duur"])(
    add_column(V0, "duur", lambda row: str(600 + row))
)
broken("SPSS's filter variable", unmapped=[f"{J0}.csv: filter_$"])(add_column(J0, "filter_$", lambda _: "1"))
broken("a column without a name", [f"{V0}.csv, column 69: has values but no name"])(add_column(V0, "", lambda _: "1"))


@harmless("names in capitals")
def _(x):
    header, rest = x.text(V0).split("\n", 1)
    x.write(f"{V0}.csv", header.upper() + "\n" + rest)


@broken("names with the wave behind them", [f"{V1}.csv: holds 0 of the … columns of its codebook … respondent_id_T1"])
def _(x):
    header, rest = x.text(V1).split("\n", 1)
    x.write(f"{V1}.csv", header.replace(",", "_T1,") + "_T1\n" + rest)


@broken("another questionnaire under this name", [f"{J0}.csv: holds … the export of another questionnaire"])
def _(x):
    x.write(f"{J0}.csv", x.text(K0))


@broken("the file of T1 under the name of T0", [f"{V0}.csv: the questionnaire ACE lacks columns"],
        unmapped=[])  # fmt: skip
def _(x):
    x.write(f"{V0}.csv", x.text(V1))


@harmless("rows and columns in another order")
def _(x):
    frame = x.frame(K1).sample(frac=1, random_state=1)
    x.write(f"{K1}.csv", csv_of(cells_of(frame[frame.columns[::-1]])))


@harmless("names of the export's own")
def _(x):
    cells = x.cells(V1)
    cells.columns = [{"tsi_001": "V12_1_T1", "tsi_002": "V12_2_T1"}.get(name, name) for name in cells]
    x.rename((V1, "V12_1_T1", "tsi_001"), ("volwassenen", "V12_2_T1", "tsi_002"))
