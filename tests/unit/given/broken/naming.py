"""People who can be recognised."""

from given.broken.cases import Cases
from given.broken.exports import J0, V0, V1, H, add_column, map_column, set_cell

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


NAMING = "nothing that names a person may enter"
PEOPLE = {
    "a column of names": ("naam", lambda row: "xyz"),
    "a column of e-mail addresses": ("email", lambda row: ""),
    "dates of birth by their name": ("geboortedatum", lambda row: "1985-01-02"),
    "dates of birth under another name": ("gd", lambda row: f"{1970 + row}-05-12"),
    "dates of birth as numbers": ("gd", lambda row: f"{1970 + row}0512"),
    "citizen service numbers": ("nummer", lambda row: ("111222333", "123456782")[row % 2]),
    "citizen service numbers with full stops": ("nummer", lambda row: ("1112.22.333", "1234.56.782")[row % 2]),
    "a telephone number in a remark": ("opmerking", lambda row: "bel mij op 06-12345678" if row == 3 else ""),
    "an e-mail address in a remark": ("opmerking", lambda row: "mail jan@voorbeeld.nl svp" if row == 3 else ""),
    "a postcode and a number": ("v9", lambda row: f"971{row % 10} AB {row + 1}"),
    "a street and a number": ("v9", lambda row: f"Dorpsstraat {row + 1}"),
    "bank accounts": ("v9", lambda row: "NL91ABNA0417164300"),
    "names under another name": ("contactpersoon", lambda row: ("Jan de Vries", "Fatima Bakker", "Piet Smit")[row % 3]),
    "addresses of computers": ("ipaddr", lambda row: f"145.90.12.{row + 1}"),
    "one number plate among remarks": ("opmerking", lambda row: "kenteken GX-123-B" if row == 3 else "geen"),
    "first names": ("wie", lambda row: ("Daan", "Fatima", "Noor", "Sem")[row % 4]),
    "where a computer stood": ("LocationLatitude", lambda row: f"53.21{row:02d}41"),
}
for _name, (_column, _values) in PEOPLE.items():
    broken(_name, [f"{V0}.csv, column {_column}: looks like … {NAMING}"])(add_column(V0, _column, _values))


broken(
    "a telephone number in free text",
    [f"{V1}.csv, row 3, column hulp_toelichting: the text seems to hold a telephone number"],
)(set_cell(V1, 3, "hulp_toelichting", "bel 06-12345678"))


@broken("citizen service numbers for ids", [f"{V0}.csv, column respondent_id: looks like a citizen service number"])
def _(x):
    cells = x.cells(V0)
    cells["respondent_id"] = [
        ("111222333", "123456782")[row % 2] if row < 40 else f"11122{row:04d}" for row in range(len(cells))
    ]


@broken("a name in a label of SPSS", [f"{V0}.sav, label of a value of column … seems to hold a telephone number"])
def _(x):
    x.sav(V0, x.frame(V0), labels={"geslacht": {1.0: "man", 2.0: "Jan de Vries 06-12345678"}})


@broken("a column with a name for a name", [f"{V0}.csv, column … its name seems to hold a telephone number … {NAMING}"])
def _(x):
    x.cells(V0)["opm Jan de Vries 06-12345678"] = "1"


@broken("names in SPSS", [f"{V0}.sav, column voornaam: looks like … {NAMING}"])
def _(x):
    x.sav(V0, x.frame(V0).assign(voornaam="xyz"))


@harmless("one day of measurement whose digits pass the test of service numbers")
def _(x):
    for row in range(len(x.cells(H))):
        x.cells(H).loc[row, "melddatum"] = "2016-01-15"
    map_column(J0, "afnamedatum", lambda _: "2016-04-09")(x)
