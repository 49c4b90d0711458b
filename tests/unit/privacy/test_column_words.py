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
    phone birthday first_name surname handtekening pc6 voornaam_kind naam_moeder voornaam_bekend mail_moeder name
    Email_Address adres_oud telefoon_werk
    """
)
TELLS = [*sorted(TELLS), "Naam kind", "Datum geboorte", "Wat is uw postcode?", "telefoon moeder", "first name"]
TELLS += ["Email Address", "First Name", "Last Name", "IP Address", "Recipient Email", "Custom Email", "Phone Number"]
TELLS_NOT = words(
    """
    afnamedatum melddatum naamloos deelnaam_status hulp_maatschappelijk_werk_ontvangen aanname stelling_1 hotel
    mailing postcodegebied_groot geboorteland geboortejaar tsi_001 auditc_partner_1 mobiliteit bestraat enamel
    huishouden_id kind_geslacht naam_lijst naam_instrument tel_kinderen tel_items facebook_uren instagram_gebruik
    contact_vader telefoontjes ipv_total ip_score city_size plaatsing uithuisplaatsing latentie lonend StartDate
    ResponseId mark_help
    """
)
# What programs of surveys write about an export, and columns like it.
ABOUT_THE_EXPORT = words(
    """
    submitdate lastpage startlanguage startdate datestamp refurl interviewtime token seed groupTime12 emailstatus
    email_status mail_verstuurd attribute_1 quota_name survey_name EndDate Progress Finished RecordedDate
    DistributionChannel UserLanguage ExternalReference Q_RecaptchaScore Q_TotalDuration Q1_Browser SurveyName
    redcap_event_name redcap_survey_identifier redcap_repeat_instrument form_name file_name bestandsnaam lijstnaam
    naam_vragenlijst naam_meting naam_export naam_project naam_organisatie naam_instelling naam_aanpak naam_team
    naam_groep naam_traject vragenlijstnaam instrumentnaam projectnaam groepsnaam regionaam teamnaam tel_vragen tel_uren
    tel_incidenten tel_gezinsleden telling telefoon_gebruik adres_bekend straat_veilig
    """
)
TELLS_NOT = [
    *sorted(TELLS_NOT | ABOUT_THE_EXPORT),
    *("Survey Package ID", "Survey Creation Date", "Survey Completed On", "Survey Instance Id", "Survey Parent"),
    *("Castor Participant ID", "Participant Status", "Site Name", "Site Abbreviation", "Institute Name", "Form Name"),
    *("Randomization Group", "Repeating Data Name (Custom)", "Report Name", "Email Sent On", "e-mail verstuurd"),
    *("Response ID", "Date last action", "Last page", "Start language", "Referrer URL", "Group time: Achtergrond"),
    *("Duration (in seconds)", "Survey Title", "Operating System", "Browser Name", "Device Identifier"),
    *("Respondent ID", "Collector ID", "Collector Name", "Date Created", "Custom Data 1", "Data Access Group"),
    "Survey Package Name",
    "Naam van de vragenlijst",
    "zijn rijbewijs is ingenomen",
    "op straat gezet",
    "paspoort afgepakt",
    "rijbewijs kwijt",
    "identiteitskaart_aangevraagd",
    "telefoon afgepakt",
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
