"""What goes wrong in a .csv file only."""

from given.broken.cases import Cases
from given.broken.exports import J0, K0, V0, V1, map_column
from given.good_exports import SHORT, cells_of, csv_of

from effectstudie.definitions.export_columns import columns_of

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


@broken("garbled letters", [f"{V1}.csv: has garbled letters"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode().decode("cp1252"))


@broken("UTF-16", [f"{V1}.csv: is neither UTF-8 nor Windows-1252 text"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode("utf-16"))


@broken("NUL bytes", [f"{V1}.csv … NUL"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1) + "\0" * 512)


@broken("a quote that is never closed", [f"{V1}.csv … quotes"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).replace("Het hielp", '"Het hielp', 1))


@broken("a row with a cell too few", [f"{J0}.csv, row 3: has 76 cells, the header has 77"])
def _(x):
    lines = x.lines(J0)
    lines[3] = lines[3].rpartition(",")[0]
    x.write(f"{J0}.csv", "\n".join(lines))


@broken("a row with a cell too many", [f"{J0}.csv, row 3: has 78 cells, the header has 77"])
def _(x):
    lines = x.lines(J0)
    lines[3] += ",2"
    x.write(f"{J0}.csv", "\n".join(lines))


@broken("decimal commas between commas", [f"{V0}.csv, rows … and 49 more: has 69 cells, the header has 68"])
def _(x):
    map_column(V0, "uren_werk", lambda text: text.replace(".", ",") if "." in text else f"{text},0")(x)
    x.write(f"{V0}.csv", csv_of(x.cells(V0)).replace('"', ""))


@broken("a delimiter that is none", [f"{V0}.csv … delimiter"])
def _(x):
    x.write(f"{V0}.csv", x.text(V0, sep="|"))


@broken("two files behind each other", [f"{K0}.csv, row 10 … header"])
def _(x):
    lines = x.lines(K0)
    x.write(f"{K0}.csv", "\n".join([*lines[:10], lines[0], *lines[10:]]))


@broken("three header lines, as Qualtrics has them", [f"{J0}.csv, rows 1, 2: … header"])
def _(x):
    header, *rows = x.lines(J0)
    names = header.split(",")
    questions = ",".join(f"Vraag {name}" for name in names)
    codes = ",".join(f'"{{""ImportId"":""QID{number}""}}"' for number in range(len(names)))
    x.write(f"{J0}.csv", "\n".join([header, questions, codes, *rows]))


@broken("a row of totals at the end", [f"{V0}.csv, row 58, column huishouden_id: the id is empty"])
def _(x):
    lines = x.lines(V0)
    x.write(f"{V0}.csv", "\n".join([*lines, "Totaal" + "," * lines[0].count(",")]))


@broken("a title above the header", [f"{V0}.csv … header"])
def _(x):
    x.write(f"{V0}.csv", "Export T0 volwassenen, 12 maart 2016\n" + x.text(V0))


@broken("Excel's line that names the delimiter", [f"{V0}.csv … sep="])
def _(x):
    x.write(f"{V0}.csv", "sep=;\n" + x.text(V0, sep=";"))


@broken(
    "labels for codes in a column",
    [f"{V0}.csv, rows 1, 2, 3 … and 49 more, column geslacht, values 'vrouw', 'man': must be one of 1, 2"],
)
def _(x):
    map_column(V0, "geslacht", lambda code: {"1": "man", "2": "vrouw"}[code])(x)


@broken(
    "labels for codes in the whole file",
    [(8, f"{K0}.csv, rows … cells of 12 columns … label"), f"{K0}.csv, rows … kind_geslacht, values … label"],
)
def _(x):
    cells = x.cells(K0)
    for name, column in columns_of(SHORT["kinderen"]).items():
        if column.values:
            cells[name] = [column.values.get(float(code), code) if code else "" for code in cells[name]]


@harmless("semicolons and decimal commas")
def _(x):
    map_column(V0, "uren_werk", lambda text: text.replace(".", ","))(x)
    x.write(f"{V0}.csv", csv_of(x.cells(V0), sep=";"))


@harmless("tabs")
def _(x):
    x.write(f"{V0}.csv", x.text(V0, sep="\t"))


@harmless("a byte order mark")
def _(x):
    x.write(f"{V1}.csv", b"\xef\xbb\xbf" + x.text(V1).encode())


@harmless("Windows-1252")
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode("cp1252"))


@harmless("line ends of Windows")
def _(x):
    x.write(f"{V1}.csv", x.text(V1).replace("\n", "\r\n"))


@harmless("line ends of an old Macintosh")
def _(x):
    x.write(f"{J0}.csv", x.text(J0).replace("\n", "\r"))


@harmless("quotes around every cell")
def _(x):
    x.write(f"{V1}.csv", cells_of(x.frame(V1)).to_csv(index=False, quoting=1))


@harmless("empty lines, a delimiter at the end of each and none at the end of the file")
def _(x):
    header, *lines = x.lines(J0)
    x.write(f"{J0}.csv", ",\n\n".join([header, *lines]) + ",")


@harmless("blanks around names and values")
def _(x):
    cells = x.frame(V0)
    text = csv_of(cells_of(cells)).replace(",", " , ")
    x.write(f"{V0}.csv", text)
