"""Files that lack, are cut off, or are of another kind than their name says."""

from given.broken.cases import Cases
from given.broken.exports import J0, J1, K0, K1, ROWS, V0, V1, V2

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


@broken("an export missing", [f"{J1}.sav: there is no such export"])
def _(x):
    x.remove(J1)


@broken("all exports missing", [(10, "there is no such export")])
def _(x):
    for export in ROWS:
        x.remove(export)


@broken("two files with one stem", [f"{V0}.csv, {V0}.sav have one stem"])
def _(x):
    x.add(f"{V0}.sav", b"")


@broken("two files whose names differ in a capital", [f"{V0}.CSV, {V0}.csv have one stem"])
def _(x):
    x.add(f"{V0}.CSV", x.text(V0))


@broken("a name with another capital", [f"{V0}.sav: there is no such export … T0_Volwassenen.csv"])
def _(x):
    x.write("T0_Volwassenen.csv", x.text(V0))
    x.remove(V0)


@broken("a wave that the configuration does not know", ["T3_volwassenen.csv: is of no wave that config/config.yaml"])
def _(x):
    x.add("T3_volwassenen.csv", x.text(V2))


@broken("an old workbook", [f"{V0}.sav: there is no such export … {V0}.xls"])
def _(x):
    x.write(f"{V0}.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


for _kind in (".csv", ".sav", ".xlsx"):

    @broken(f"an empty {_kind} file", [f"{K1}{_kind}: the file is empty"])
    def _(x, kind=_kind):
        x.write(f"{K1}{kind}", b"")


@broken("a .csv of a header alone", [f"{K1}.csv: the file has no rows"])
def _(x):
    x.write(f"{K1}.csv", x.lines(K1)[0] + "\n")


@broken("a .sav of a header alone", [f"{K1}.sav: the file has no rows"])
def _(x):
    x.sav(K1, x.frame(K1)[:0])


@broken("an .xlsx of a header alone", [f"{K1}.xlsx: the file has no rows"])
def _(x):
    x.xlsx(K1, x.rows(K1)[:1])


@broken("a folder under the name of an export", [f"{K1}.csv"])
def _(x):
    x.remove(K1)
    (x.folder / f"{K1}.csv").mkdir()


for _percentage in (10, 50, 90, 99):

    @broken(f"a .sav cut off at {_percentage} %", [f"{K0}.sav: is no complete SPSS file"])
    def _(x, percentage=_percentage):
        content = x.sav(K0).read_bytes()
        x.write(f"{K0}.sav", content[: len(content) * percentage // 100])

    @broken(f"an .xlsx cut off at {_percentage} %", [f"{K0}.xlsx: is no complete Excel file"])
    def _(x, percentage=_percentage):
        content = x.xlsx(K0, x.rows(K0)).read_bytes()
        x.write(f"{K0}.xlsx", content[: len(content) * percentage // 100])


@broken("a .csv cut off in a row", [f"{K0}.csv, row 16: has … cells, the header has 96; the file is truncated"])
def _(x):
    lines = x.lines(K0)
    x.write(f"{K0}.csv", "\n".join([*lines[:16], lines[16][:60]]))


@broken("a .csv cut off in its header", [f"{K0}.csv: the file has no rows"])
def _(x):
    x.write(f"{K0}.csv", x.lines(K0)[0][:300])


@broken("a workbook under the name of a .csv", [f"{V0}.csv … Excel"])
def _(x):
    content = x.xlsx(V0, x.rows(V0)).read_bytes()
    x.write(f"{V0}.csv", content)


@broken("a .csv under the name of a workbook", [f"{V0}.xlsx: is no complete Excel file"])
def _(x):
    x.write(f"{V0}.xlsx", x.text(V0))


@broken("a .csv under the name of an SPSS file", [f"{V0}.sav: is no complete SPSS file"])
def _(x):
    x.write(f"{V0}.sav", x.text(V0))


@broken("a web page under the name of a .csv", [f"{V0}.csv … html"])
def _(x):
    x.write(
        f"{V0}.csv",
        "<!DOCTYPE html>\n<html><head><title>Inloggen</title></head>\n<body>Sessie verlopen</body></html>\n",
    )


@harmless("capitals in the suffix")
def _(x):
    x.write(f"{J0}.CSV", x.text(J0))


@harmless("other files beside the exports")
def _(x):
    x.add("leesmij.docx", b"PK")
    x.add("T0_volwassenen_oud.csv", x.text(V1))
    x.add(".~lock.T0_jeugd.csv#", "")
