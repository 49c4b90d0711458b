"""Names of columns that hold who somebody is: naam, woonplaats, gsm, but not naam_lijst, tel_items or mail_status."""

import re

from effectstudie.privacy.recognisers.readable import one_of, without_accents, words

# Each of these as a word of its own tells, whatever stands beside it.
_ALWAYS = words(
    """
    voornaam voornamen achternaam achternamen roepnaam familienaam geslachtsnaam meisjesnaam bijnaam straatnaam
    voorletter voorletters voorl initialen vnaam anaam rnaam vnm anm vrnm voornm achternm naw tussenvoegsel
    tussenvoegsels tvgsl firstname lastname surname fullname forename nickname fname lname givenname maidenname adres
    adr address street straat str huisnummer huisnr huisno hnr housenumber toevoeging postcode postkode postalcode
    postal zipcode zip woonplaats woonpl woonadres geboorteplaats gebplaats plaatsnaam hometown email mail emailadres
    mailadres telefoon telefoonnummer telefoonnr telnr telnummer mobiel mobile mobielnr phone telephone gsm fax
    cellphone bsn bsnr bsnnr sofi sofinummer sofinr iban bankrekening rekeningnummer rekeningnr rekening giro
    gironummer geboortedatum geboortedat geboortedag geboorte gebdatum gebdat gebdag gebdd gebd gbdat postc birthdate
    birthday birth bday dob kenteken nummerplaat nummerbord licenseplate paspoort passport paspoortnr paspoortnummer
    idkaart identiteitskaart rijbewijs rijbewijsnr rijbewijsnummer latitude longitude lng gps coord coords coordinaat
    coordinaten coordinate coordinates geolocatie geolocation breedtegraad lengtegraad ipadres ipaddr ipaddress
    macadres imei username gebruikersnaam inlognaam loginnaam handtekening signature contactpersoon contactgegevens
    contactnaam personalia parketnummer parketnr zaaknummer zaaknr dossiernummer dossiernr clientnummer clientnr
    klantnummer klantnr patientnummer patientnr polisnummer polisnr vnummer vnr burgerservicenummer burgerservicenr
    documentnummer documentnr leerlingnummer leerlingnr studentnummer personeelsnummer ssn nationalid crvnummer agbcode
    bignummer kvknummer onderwijsnummer onderwijsnr lidnummer vreemdelingennummer vreemdelingennr ibannummer ibannr
    """
)
# These tell alone, or beside a word of the next list: tel, tel_moeder, instagram_naam, but not tel_kinderen.
_ALONE = words(
    """
    tel lat lon ip mac naam namen name names nm instagram insta facebook fb twitter snapchat snap tiktok linkedin
    telegram discord skype whatsapp youtube twitch signal messenger threads geb geboren plaats stad city town handle
    cell mob pc
    """
)
_BESIDE = words(
    """
    nr nummer number no num id account profiel profile url link adres address thuis prive werk vast mobiel mobile kind
    kinderen1 auto huis moeder vader ouder ouders partner ex resp respondent client deelnemer gezin gezinslid persoon
    person vrouw man voor achter roep familie first last full sur given middle maiden user kind1 kind2 t van de het der
    den of the vd v d datum date dat op dt oud nieuw tekst text str raw invuller contact contactpersoon hulpverlener
    casusmanager student recipient participant child mother father parent naam namen name handle x y
    """
)
# Two words beside each other that tell together.
_PAIRS = words(
    """
    geboorte_datum geb_datum geb_dat geb_dag geb_dd gb_dat date_of_birth birth_date birth_day huis_nr huis_nummer
    post_code first_name last_name sur_name full_name burger_service id_kaart id_nr license_plate licence_plate
    number_plate v_nummer v_nr rd_x rd_y x_coord y_coord user_name e_mail ip_adres ip_addr ip_address rekening_nr
    mac_adres zaak_nr parket_nr dossier_nr client_nr polis_nr klant_nr patient_nr zaak_nummer parket_nummer
    dossier_nummer client_nummer polis_nummer klant_nummer patient_nummer pv_nummer pv_nr crv_nummer ind_nummer
    coa_nummer passport_no house_number house_no phone_no national_id do_b
    """
)
# What programs of surveys, and questions, say about a way to reach somebody, or a paper: not which it is, but how that
# went.
_HOW = words(
    """
    status verstuurd verzonden sent delivered bounced opened geopend uitnodiging bekend geheim gebruik uren bezit veilig
    onveilig afgepakt afgenomen ingenomen ingetrokken ingeleverd ingevorderd kwijt gestolen verloren verlopen
    aangevraagd
    """
)
_REACHED = words(
    """
    e mail email telefoon phone mobiele mobile adres address straat contactpersoon paspoort rijbewijs identiteitskaart
    idkaart
    """
)
# The beginning or end of a longer word: naamkind, kindnaam, emailmoeder.
_OF_WHOM = "moeder vader kind ouder partner resp client deelnemer gezin ex"
_STEMS = re.compile(
    "^"
    + one_of(
        rf"""
        (?:voornaam|achternaam|straatnaam|geboortedat|emailadres|burgerservice|woonplaats|kenteken|paspoort|rijbewijs)\w*
        (?:huisnummer|rekeningn|bsn|telefoon(?!tje|gesprek|contact)|(?:email|naam|tel)(?={one_of(_OF_WHOM)}))\w*
        \w*(?:telefoonnummer|geboortedatum|achternaam|voornaam|latitude|longitude|adres)
        \w*(?:twitter|insta|instagram|facebook|fb|snap|tiktok)(?:handle|naam|account)
        (?:{one_of(_OF_WHOM)}|respondent|contact|hulpverlener|gezins|oma|opa)s?naam
        """
    )
    + "$"
)
# A sentence for a name is a question that asks for it, or an answer that only speaks of it.
_VERBS = words("is zijn was waren werd wordt heb hebben had kreeg kregen ging gebeurde")
_ASKS = words("uw je jouw your")
_COMPUTER = re.compile(r"(?:^|[\W_])ip_?v?[46](?!\d)")


def names_somebody(column: str) -> bool:
    """Whether the name of a column says that who somebody is stands in it."""
    plain = without_accents(column)
    if _COMPUTER.search(plain):
        return True
    apart = without_accents(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column))
    phrase = len(column.split()) > 2
    names = dict.fromkeys([apart, plain])
    return any(_tells([part for part in re.split(r"[\W\d_]+", name) if part], phrase) for name in names)


def _tells(parts: list[str], phrase: bool) -> bool:
    """`phrase`: it is more than two words with blanks between them, in which a word may be about something else."""
    if len(parts) > 4 or len(parts) > 2 and any(part in _VERBS for part in parts):
        asked = [part for before, part in zip(parts, parts[1:], strict=False) if before in _ASKS]
        return any(part in _ALONE or _always(part) for part in asked)
    if any(part in _HOW for part in parts):
        parts = [part for part in parts if part not in _REACHED]
    if not phrase and any(map(_always, parts)):
        return True
    if any(f"{one}_{other}" in _PAIRS for one, other in zip(parts, parts[1:], strict=False)):
        return True
    rest = [part for part in parts if not (part in _ALONE or _always(part))]
    return len(rest) < len(parts) and all(part in _BESIDE or part in _ASKS for part in rest)


def _always(word: str) -> bool:
    return word in _ALWAYS or bool(_STEMS.search(word))
