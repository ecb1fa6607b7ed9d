"""The pages of exclusions and debarment, for those who keep them and for the supplier itself."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows import exclude
from flsf.market.exclusions.enums import CaseStatus, Weight
from flsf.market.exclusions.models import Case, ListVersion, Match
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member, made_framework, member_of
from tests.factories_delivery import running
from tests.factories_exclusions import case, entry, listed, match, swept
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

HEAD = "Supplier name,Company number,Mandatory or discretionary,Ground,Date added\n"
GOOD = "Bad Apple Limited,,Mandatory,A cartel,05/01/2026\n"
LATER = NOW + timedelta(days=20)


@pytest.fixture
def of():
    return provider("Bad Apple Ltd", company_number="01234567")


@pytest.fixture
def keeper():
    return as_(council_member(Role.PROCUREMENT))


@pytest.fixture
def director():
    return as_(council_member(Role.DIRECTOR))


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page(name, one):
    return reverse(name, kwargs={"ref": one.ref})


def file(content, name="list.csv"):
    return SimpleUploadedFile(name, content.encode())


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_a_list_is_taken_in_and_what_could_not_be_read_is_told(keeper, of):
    html = text(keeper.get(reverse("exclusions")))
    assert "None yet" in html
    address = reverse("debarment-take-in")
    bad = "Bad Pear,,Perhaps,,05/01/2026\n"
    html = text(keeper.post(address, {"name": "1 May 2026", "file": file(HEAD + GOOD + bad)}))
    assert "Nothing has changed: 1 row could not be read" in html
    assert "Perhaps" in html
    assert not ListVersion.objects.exists()
    html = text(keeper.post(address, {"name": "1 May 2026", "file": file(HEAD + GOOD)}))
    assert "1 row taken in" in html
    assert "Suppliers found on it that somebody has to look at: 1." in html
    html = text(keeper.get(reverse("exclusions")))
    assert "1 May 2026: 1 entry" in html
    assert "May be on the list: 1" in html
    assert page("debarment-match", Match.objects.get()) in html


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "1 May"}, "Choose a file"),
        ({"file": "Colour\nred\n"}, "Enter the date or number of the list"),
        ({"name": "1 May", "file": "Colour\nred\n"}, "The headings of this file are: Colour."),
        ({"name": "1 May", "file": ""}, "This file is empty"),
    ],
)
def test_a_file_that_is_no_list_is_said_at_the_field_and_typing_stays(keeper, given, says):
    sent = {key: file(value) if key == "file" else value for key, value in given.items()}
    html = text(keeper.post(reverse("debarment-take-in"), sent))
    assert says in html
    assert ('value="1 May"' in html) is ("name" in given)
    assert not ListVersion.objects.exists()


def test_somebody_says_that_it_is_another_supplier(keeper, of):
    one = match(of.organisation)
    html = text(keeper.get(page("debarment-match", one)))
    assert "company number 01234567" in html
    html = text(keeper.post(page("debarment-match", one), {}))
    assert "Choose whether it is them" in html
    assert "Enter how you know" in html
    said = {"is_them": "no", "because": "Another town."}
    assert keeper.post(page("debarment-match", one), said).url == reverse("exclusions")
    html = text(keeper.get(page("debarment-match", one)))
    assert "Another town." in html
    assert "Record it" not in html
    assert "already said" in text(keeper.post(page("debarment-match", one), said))
    assert "It is somebody else".lower() in text(keeper.get(reverse("exclusions"))).lower()


def test_a_mandatory_entry_shows_the_case_and_what_may_be_ended(keeper):
    placement = running()
    one = match(placement.provider.organisation)
    said = {"is_them": "yes", "because": "Same number."}
    case_page = keeper.post(page("debarment-match", one), said).url
    html = text(keeper.get(case_page))
    for words in ("Excluded", "section 78", placement.award.ref, "Need not be told"):
        assert words in html


def test_a_case_from_its_ground_to_its_end(keeper, director, of):
    lead = member_of(of.organisation)
    address = reverse("exclusion-open", kwargs={"ref": of.ref})
    assert "Choose a ground" in text(keeper.post(address, {}))
    said = {"ground": "misconduct", "words": "A court found it."}
    old = said | day("happened_on", NOW.replace(year=2019))
    html = text(keeper.post(address, old))
    assert "so long ago" in html
    assert "A court found it." in html
    case_page = keeper.post(address, said | day("happened_on", NOW.replace(month=2))).url
    html = text(keeper.get(case_page))
    assert "They may answer until" in html
    assert "Nothing yet" in html
    made = Case.objects.get()
    assert page("exclusion-decide", made) not in text(director.get(case_page))
    own = as_(lead)
    assert page("own-exclusion", made) in text(own.get(reverse("provider-compliance")))
    assert "A court found it." in text(own.get(page("own-exclusion", made)))
    assert "Enter what you want" in text(own.post(page("own-exclusion", made), {"words": ""}))
    answered = own.post(page("own-exclusion", made), {"words": "She has left."})
    assert answered.url == page("own-exclusion", made)
    html = text(director.get(case_page))
    assert "She has left." in html
    assert "Now somebody other than" in html
    assert page("exclusion-decide", made) in html
    decide = page("exclusion-decide", made)
    assert "Choose what is decided" in text(director.post(decide, {}))
    wrong = {"outcome": "replaced", "reason": "She left."}
    assert "only cause" in text(director.post(decide, wrong))
    assert director.post(decide, {"outcome": "excluded", "reason": "It may recur."}).url
    html = text(own.get(page("own-exclusion", made)))
    assert "It may recur." in html
    assert "Send my answer" not in html
    minister = page("exclusion-minister", made)
    assert "Enter the reference" in text(keeper.post(minister, day("told_on", NOW)))
    early = day("told_on", NOW - timedelta(days=1)) | {"reference": "PRU-9"}
    html = text(keeper.post(minister, early))
    assert "so not before it" in html
    assert 'href="#id_told_on-day"' in html
    assert "PRU-9" in html
    keeper.post(minister, day("told_on", NOW) | {"reference": "PRU-9"})
    assert "Told 15 May 2026, PRU-9" in text(keeper.get(case_page))
    end = page("exclusion-end", made)
    assert "Enter why it ends" in text(director.post(end, {}))
    director.post(end, {"because": "They have shown that it cannot recur."})
    assert "The exclusion has ended" in text(keeper.get(case_page))
    assert "cannot recur" in text(own.get(page("own-exclusion", made)))


@pytest.mark.parametrize(
    ("days_ago", "says"),
    [(-1, "That day is still to come"), (5 * 366, "so long ago that it does not count")],
)
def test_a_day_that_cannot_be_is_told_at_the_day_and_typing_stays(keeper, of, days_ago, says):
    on = NOW.date() - timedelta(days=days_ago)
    address = reverse("exclusion-open", kwargs={"ref": of.ref})
    typed = {"ground": "misconduct", "words": "Found by a court.", **day("happened_on", on)}
    html = text(keeper.post(address, typed))
    at_field = html.split('id="id_happened_on-error"')[1].split("</p>")[0]
    assert says in at_field
    assert "Found by a court." in html
    assert not Case.objects.exists()


def test_who_opened_it_cannot_decide_and_is_told_so(of):
    officer = council_member(Role.COMMISSIONER)
    made = case(of, by=officer)
    with clock.stopped_at(LATER):
        assert page("exclusion-decide", made) not in text(
            as_(officer).get(page("exclusion-case", made))
        )
        html = text(
            as_(officer).post(
                page("exclusion-decide", made), {"outcome": "excluded", "reason": "So."}
            )
        )
    assert "somebody else decides" in html


def test_what_is_to_be_done_is_in_my_work(keeper, director, of):
    match(of.organisation)
    other = provider("Bad Pear")
    late = case(other)
    html = text(keeper.get(reverse("my-work")))
    assert "Suppliers who may be debarred" in html
    assert "Exclusions to decide" not in html
    with clock.stopped_at(LATER):
        assert "They did not answer: decide" in text(director.get(reverse("my-work")))
        exclude.decide_case(
            case_id=late.pk,
            outcome=CaseStatus.EXCLUDED,
            reason="So.",
            by=council_member(Role.DIRECTOR),
            at=LATER,
        )
        assert "Notices to the Minister" in text(keeper.get(reverse("my-work")))
    made_framework()
    assert reverse("exclusions") in text(keeper.get(reverse("framework-page")))
    quality = as_(council_member(Role.QUALITY))
    assert "debarred" not in text(quality.get(reverse("my-work")))


def test_another_supplier_finds_no_case(of):
    made = case(of)
    stranger = as_(member_of(provider("Good Pear").organisation))
    assert stranger.get(page("own-exclusion", made)).status_code == 404
    assert stranger.get(page("exclusion-case", made)).status_code == 403


def test_the_page_asks_the_same_questions_however_long(keeper, of, django_assert_num_queries):
    listed(entry("Bad Apple", weight=Weight.DISCRETIONARY), entry("Bad Pear"))
    swept()
    case(of)
    for more in ("Bad Pear", ""):
        # Session, person, memberships; the list, the last sweep, matches and cases.
        with django_assert_num_queries(7):
            keeper.get(reverse("exclusions"))
        if more:
            case(provider(more))
            swept()
