"""Our columns of the council's own sheets, and the words by which we know theirs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flsf.core import half_days
from flsf.core.money import Money, is_fair_price
from flsf.core.needs import Need
from flsf.core.numbers import ukprn_from
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import cells
from flsf.shared.imports.rules.cells import Unreadable, one_of
from flsf.shared.imports.rules.schools import urn
from flsf.shared.imports.rules.tables import Cell, squeezed
from flsf.shared.imports.rules.words import (
    CARE,
    MODES,
    NEED_WORDS,
    NONE_OF_THEM,
    OFFERS,
    PROVIDER_KINDS,
    PROVIDER_TYPES,
    SEN_STAGES,
    SPEND_LINES,
    TEAMS,
    TRAINER_KINDS,
    UNITS,
)

Read = Callable[[Cell], object]

DAY_NAMES = {name[:3].lower(): index for index, name in enumerate(half_days.DAYS)}
HALF_DAY = re.compile(
    r"(mon|tue|wed|thu|fri)[a-z]*[\s\-]*(am|pm|morning|afternoon)?", re.IGNORECASE
)
HALVES = {
    "am": half_days.Half.AM,
    "morning": half_days.Half.AM,
    "pm": half_days.Half.PM,
    "afternoon": half_days.Half.PM,
}
COMPANY_NUMBER = re.compile(r"[A-Z]{2}\d{6}|\d{8}")
WEB = re.compile(r"https?://[^\s/@]+\.[^\s/@]{2,}(/\S*)?", re.IGNORECASE)
VAT_RATES = {"yes": 2000, "no": 0, "exempt": 0, "none": 0, "standard": 2000, "zero": 0}
MOST_VAT = 100
MOST_PLACES = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns: its name for people, an example, and words that others use."""

    key: str
    label: str
    example: str
    read: Read
    also: str = ""  # other headings, between commas
    is_required: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Headings that stand for it, letters and digits only, our own first."""
        return tuple(squeezed(word) for word in (self.label, *self.also.split(",")) if word)


Needed = partial(Column, is_required=True)


def needs(cell: Cell) -> frozenset[Need]:
    """Needs between commas, semicolons or slashes, as codes or in words."""
    parts = [one.strip().lower() for one in re.split(r"[;,/|+]", cells.text(cell, longest=500))]
    for part in (part for part in parts if part and part not in NEED_WORDS):
        raise Unreadable(f"We do not know the need “{part}”. Use codes: {', '.join(Need)}.")
    return frozenset(NEED_WORDS[part] for part in parts if part)


def provider_types(cell: Cell) -> frozenset[str]:
    """Types of provider between commas or semicolons, by the words they are known by."""
    typed = " ".join(cells.text(cell, longest=500).lower().split())
    if typed in NONE_OF_THEM:
        return frozenset()
    parts = [part for one in re.split(r"[;,/|+]", typed) if (part := one.strip())]
    for part in (part for part in parts if part not in PROVIDER_TYPES):
        known = "education professionals, therapists, community based, voluntary or not for profit"
        raise Unreadable(
            f"We do not know the type “{part}”. Write one or more of: {known}; or none."
        )
    return frozenset(PROVIDER_TYPES[part] for part in parts)


def half_days_mask(cell: Cell) -> int:
    """Half-days like "Mon AM, Tue PM, Fri"; a day alone is both its halves."""
    typed = cells.text(cell)
    mask, rest = 0, HALF_DAY.sub(" ", typed)
    if re.sub(r"[\s,;&/.]|and", "", rest) or not typed:
        raise Unreadable("Write half-days like Mon AM, Tue PM, Fri.")
    for found in HALF_DAY.finditer(typed):
        half = HALVES.get((found[2] or "").lower())
        for one in half_days.WEEK:
            if one.weekday == DAY_NAMES[found[1].lower()] and half in (None, one.half):
                mask |= one.bit
    return mask


def company_number(cell: Cell) -> str:
    """A number of Companies House, its leading zeros put back."""
    typed = cells.text(cell).upper().replace(" ", "")
    typed = typed.zfill(8) if typed.isdigit() else typed
    if not COMPANY_NUMBER.fullmatch(typed):
        raise Unreadable("A company number has 8 digits, or 2 letters and 6 digits.")
    return typed


def charity_number(cell: Cell) -> str:
    """A number of the Charity Commission."""
    typed = cells.text(cell).upper().replace(" ", "")
    if not re.fullmatch(r"(SC)?\d{6,7}(-\d{1,2})?", typed):
        raise Unreadable("A charity number has 6 or 7 digits.")
    return typed


def vat(cell: Cell) -> int:
    """A rate of VAT as "20%", 20, 0.2, yes or no, in hundredths of a per cent."""
    typed = cells.text(cell).lower().removesuffix("%").strip()
    if typed in VAT_RATES:
        return VAT_RATES[typed]
    try:
        rate = float(typed)
    except ValueError:
        raise Unreadable("Write the rate of VAT like 20%, or yes or no.") from None
    rate = rate * 100 if 0 < rate < 1 else rate
    if not 0 <= rate <= MOST_VAT:
        raise Unreadable("This is not a rate of VAT.")
    return round(rate * 100)


def price(cell: Cell) -> Money:
    """An amount of more than nothing that one unit could cost."""
    amount = cells.pounds(cell)
    if not amount.pence:
        raise Unreadable("A price is more than nothing.")
    if not is_fair_price(amount):
        raise Unreadable("A price of one unit is at most £1,000,000.")
    return amount


def ukprn(cell: Cell) -> str:
    """A number of the UK Register of Learning Providers."""
    found = ukprn_from(cells.text(cell))
    if found is None:
        raise Unreadable("A UKPRN has 8 digits, and the first is 1.")
    return found


def offers(cell: Cell) -> frozenset[str]:
    """What is offered, between commas, semicolons or slashes."""
    parts = [one.strip().lower() for one in re.split(r"[;,/|+]", cells.text(cell, longest=500))]
    for part in (part for part in parts if part and part not in OFFERS):
        raise Unreadable(
            f"We do not know “{part}”. Write what they offer like: apprenticeships; supported "
            "internships; study programmes; courses; help to get a job."
        )
    found = frozenset(OFFERS[part] for part in parts if part)
    if not found:
        raise Unreadable("Say what they offer.")
    return found


def web(cell: Cell) -> str:
    """An address on the web, with https before it if nothing is."""
    typed = cells.text(cell, longest=400)
    whole = typed if re.match(r"https?://", typed, re.IGNORECASE) else f"https://{typed}"
    if not WEB.fullmatch(whole):
        raise Unreadable("This is not an address on the web, like https://example.org.")
    return whole


age = partial(cells.whole_number, least=0, most=25)
places = partial(cells.whole_number, least=0, most=500)
minutes = partial(cells.whole_number, least=1, most=300)
long_text = partial(cells.text, longest=4000)
short = partial(cells.text, longest=100)

PROVIDERS = (
    Needed("name", "Provider name", "Bright Steps Tuition", cells.text,
           "name,provider,organisation,organisation name,supplier,supplier name,company name"),
    Column("kind", "Type of organisation", "Company", partial(one_of, choices=PROVIDER_KINDS),
           "type,kind,organisation type,legal status,provider type"),
    Column("types", "Type of provider", "Education professionals, community based", provider_types,
           "types,provider types,types of provider,sector"),
    Column("company_number", "Company number", "01234567", company_number,
           "companies house number,company no,company registration number,crn"),
    Column("charity_number", "Charity number", "1098765", charity_number,
           "charity no,charity registration number,registered charity number"),
    Column("email", "Email", "office@example.org", cells.email, "email address,contact email"),
    Column("phone", "Phone", "01384 555 123", cells.phone,
           "telephone,telephone number,phone number,tel,contact number"),
    Column("website", "Website", "https://example.org", cells.text, "web,url,web address"),
    Column("postcode", "Postcode", "DY1 1HF", cells.postcode, "post code,site postcode"),
    Column("site_name", "Site name", "Bright Steps Centre", cells.text, "site,venue,centre"),
    Column("vat", "VAT", "20%", vat, "vat rate,vat registered,vat status"),
    Column("is_small", "Small or medium-sized", "yes", cells.yes_or_no, "sme,small business"),
    Column("is_local", "Based in the borough", "yes", cells.yes_or_no, "local,in borough"),
    Column("urn", "School URN", "", urn, "urn"),
    Column("safeguarding_lead", "Safeguarding lead", "Jo Field", cells.text, "dsl"),
    Column("about", "About", "Tuition in small groups.", long_text, "description,notes"),
)  # fmt: skip

SERVICES = (
    Needed("provider", "Provider", "Bright Steps Tuition", cells.text,
           "provider name,provider reference,supplier,organisation,company number"),
    Needed("name", "Service", "One-to-one maths", cells.text,
           "service name,name,offer,provision,title"),
    Needed("lot", "Lot", "tutoring", cells.text, "lot code,lot name,category,service type"),
    Needed("lowest_age", "Age from", "11", age, "lowest age,min age,minimum age,from age"),
    Needed("highest_age", "Age to", "16", age, "highest age,max age,maximum age,to age"),
    Needed("rate", "Rate", "£45.00", price,
           "price,cost,unit cost,hourly rate,unit price,fee,rate per hour,daily rate"),
    Column("rate_from", "Rate from", "01/04/2026", cells.day,
           "rate start,price from,effective from,rate effective from"),
    Column("mode", "Where it happens", "online", partial(one_of, choices=MODES),
           "mode,delivery,delivery mode,location type,setting"),
    Column("postcode", "Postcode", "DY1 1HF", cells.postcode, "site postcode,post code"),
    Column("site_name", "Site name", "Bright Steps Centre", cells.text, "site,venue,centre"),
    Column("needs", "Needs", "ASD, SEMH", needs, "send needs,need types,specialism"),
    Column("largest_group", "Largest group", "1", places, "group size,max group,ratio"),
    Column("places", "Places in a half-day", "6", places, "places,capacity,number of places"),
    Column("half_days", "Half-days", "Mon AM, Tue PM", half_days_mask,
           "days,days available,sessions,availability"),
    Column("days_to_start", "School days to start", "5", places, "lead time,days to start"),
    Column("what_it_is", "What it is", "Maths with a teacher.", long_text, "description,about"),
)  # fmt: skip

CHILDREN = (
    Needed("first_name", "First name", "Ava", short, "forename,given name,firstname"),
    Needed("last_name", "Last name", "Moss", short, "surname,family name,lastname"),
    Needed("birth_date", "Date of birth", "15/05/2014", cells.day, "dob,birth date,birthdate"),
    Column("preferred_name", "Preferred name", "", short, "known as"),
    Column("upn", "UPN", "", cells.upn, "unique pupil number,pupil number"),
    Column("postcode", "Postcode", "DY1 1HF", cells.postcode, "home postcode,post code"),
    Column("school_urn", "School URN", "", urn, "urn,school number"),
    Column("sen_stage", "SEN stage", "EHCP", partial(one_of, choices=SEN_STAGES),
           "sen status,sen,send status,sen provision"),
    Column("plan_ref", "Plan reference", "", partial(cells.text, longest=40), "ehcp reference"),
    Column("care", "Care status", "none", partial(one_of, choices=CARE),
           "care,looked after,lac,cla,care group"),
    Column("needs", "Needs", "ASD, SEMH", needs, "send needs,need types,all needs"),
    Column("main_need", "Main need", "ASD", needs, "primary need,sen type,primary sen type"),
    Column("strengths", "Strengths", "Loves drawing.", long_text, "likes"),
    Column("about", "About", "", long_text, "notes,summary"),
)  # fmt: skip

PLACEMENTS = (
    Needed("provider", "Provider", "Bright Steps Tuition", cells.text,
           "provider name,provider reference,supplier,organisation,company number"),
    Column("child_ref", "Child reference", "", cells.text, "child ref,our reference"),
    Column("upn", "UPN", "", cells.upn, "unique pupil number,pupil number"),
    Column("first_name", "First name", "Ava", short, "forename,given name,firstname"),
    Column("last_name", "Last name", "Moss", short, "surname,family name,lastname"),
    Column("birth_date", "Date of birth", "15/05/2014", cells.day, "dob,birth date,birthdate"),
    Needed("starts_on", "Starts on", "01/09/2025", cells.day,
           "start date,start,first day,from,placement start"),
    Needed("ends_on", "Ends on", "31/03/2027", cells.day,
           "end date,end,last day,to,until,expected end date,placement end"),
    Needed("rate", "Rate", "£45.00", price, "price,cost,unit cost,fee,unit price"),
    Needed("unit", "Unit", "hour", partial(one_of, choices=UNITS), "per,rate unit,charged by"),
    Needed("half_days", "Half-days", "Mon AM, Tue PM", half_days_mask,
           "days,sessions,timetable,days attended"),
    Column("minutes", "Minutes in a half-day", "150", minutes, "minutes,session minutes"),
    Column("nature", "What it is", "One-to-one maths", cells.text,
           "provision,provision type,type of provision,description,service"),
    Column("spend_line", "Type of spend", "tutoring", partial(one_of, choices=SPEND_LINES),
           "spend line,category,spend type"),
    Column("team", "Team", "SEND", partial(one_of, choices=TEAMS), "buying team,commissioned by"),
    Column("fund", "Fund", "high-needs", cells.text, "budget,funding,fund code,cost centre"),
    Column("waiver", "Waiver", "", cells.text, "waiver name,waiver number,waiver reference"),
    Column("waiver_ends_on", "Waiver ends on", "31/03/2027", cells.day,
           "waiver end,waiver expiry,waiver end date"),
    Column("reason", "Reason for the waiver", "", long_text, "waiver reason,justification"),
    Column("approver", "Approved by", "", cells.text, "approver,waiver approver,authorised by"),
    Column("approved_on", "Approved on", "", cells.day, "approval date,date approved"),
)  # fmt: skip

TRAINERS = (
    Needed("name", "Training provider", "Marl Skills", cells.text,
           "training provider name,apprenticeship provider,provider name,name,organisation,"
           "establishment name,legal name"),
    Needed("offers", "What they offer", "Apprenticeships; supported internships", offers,
           "offers,offer,provision,training offered,programmes"),
    Column("kind", "Kind of provider", "Training provider",
           partial(one_of, choices=TRAINER_KINDS), "kind,type,provider type,type of establishment"),
    Column("ukprn", "UKPRN", "10012345", ukprn, "uk provider reference number,ukprn number"),
    Column("place", "Town or place", "Marlbeck", short, "place,town,city,location,area"),
    Column("postcode", "Postcode", "DY1 1HF", cells.postcode, "post code"),
    Column("contact", "Who to ask for", "Apprenticeships team", cells.text,
           "contact,contact name,team,department"),
    Column("phone", "Phone", "01384 555 123", cells.phone,
           "telephone,telephone number,phone number,tel,contact number"),
    Column("email", "Email", "hello@example.org", cells.email, "email address,contact email"),
    Column("website", "Website", "https://example.org", web, "web,url,web address"),
    Column("about", "About", "", long_text, "description,notes"),
    Column("places", "Supported internship places a year", "12",
           partial(cells.whole_number, most=MOST_PLACES), "internship places,places"),
    Column("open_places", "Supported internship places open", "3",
           partial(cells.whole_number, most=MOST_PLACES), "open places,internship vacancies"),
)  # fmt: skip

SHEETS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.PROVIDERS: PROVIDERS,
    Kind.SERVICES: SERVICES,
    Kind.CHILDREN: CHILDREN,
    Kind.PLACEMENTS: PLACEMENTS,
    Kind.TRAINERS: TRAINERS,
}
