import pytest
from given.good_exports import CODEBOOKS, WAVES

from effectstudie.definitions.export_columns import columns_of
from effectstudie.privacy.column_words import names_somebody
from effectstudie.privacy.identifiers import identifiers_in
from effectstudie.privacy.recognisers.readable import words

TELLS = words(
    """
    naam Naam voornaam achternaam_1 kind_naam roepnaam naam1 RecipientLastName RecipientEmail adres woonadres
    e-mailadres IPAddress straat straatnaam huisnummer postcode Postcode2 email e_mail E-mail mail telefoon
    telefoonnummer mobiel tel tel_nr tel_moeder geboortedatum geb_datum gebdat geboortedatumKind date_of_birth DoB dob
    T0_geboorte_datum bsn BSN_kind bsnr bsnnummer burgerservicenummer sofinummer iban kenteken nummerplaat instagram
    insta_account twitterhandle fb_naam snapchat linkedin_url lat lon lng LocationLatitude x_coord gsm woonplaats
    geboorteplaats paspoortnr rijbewijsnr vnaam anaam voorletters tussenvoegsel huisnr naamkind moedernaam
    contactpersoon v_nummer Vnr cliëntnummer dossiernr parketnr polisnr rekeningnr ip ipv4 imei username city zip
    phone birthday first_name surname handtekening pc6
    """
)
TELLS = [*sorted(TELLS), "Naam kind", "Datum geboorte", "Wat is uw postcode?", "telefoon moeder"]
TELLS_NOT = words(
    """
    afnamedatum melddatum naamloos deelnaam_status hulp_maatschappelijk_werk_ontvangen aanname stelling_1 hotel
    mailing postcodegebied_groot geboorteland geboortejaar tsi_001 auditc_partner_1 mobiliteit bestraat enamel
    huishouden_id kind_geslacht naam_lijst naam_instrument tel_kinderen tel_items facebook_uren instagram_gebruik
    contact_vader telefoontjes ipv_total ip_score city_size plaatsing uithuisplaatsing latentie lonend StartDate
    ResponseId mark_help
    """
)
TELLS_NOT = [
    *sorted(TELLS_NOT),
    "Survey Package Name",
    "Naam van de vragenlijst",
    "zijn rijbewijs is ingenomen",
    "op straat gezet",
]


@pytest.mark.parametrize("name", TELLS)
def test_a_name_tells_that_somebody_is_in_the_column(name):
    assert names_somebody(name)


@pytest.mark.parametrize("name", TELLS_NOT)
def test_a_word_inside_another_word_or_about_a_thing_tells_nothing(name):
    assert not names_somebody(name)


def test_no_column_of_the_codebooks_would_be_refused():
    names = {name for table in CODEBOOKS.values() for wave in WAVES for name in columns_of(table, wave)}
    assert len(names) > 500
    assert [name for name in names if names_somebody(name) or identifiers_in(name.replace("_", " "))] == []
