"""Staff write what applicants are asked, and the law is said by the name of the question."""

from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client

from flsf.market.applications import queries
from flsf.market.applications.enums import Kind, PassKind
from flsf.market.applications.rules import DEFAULT_SET, OnlyIf, Pass
from flsf.shared.accounts.enums import Role
from flsf.web.council.question_sets.forms import QuestionForm
from tests.factories import TODAY, council_member, made_framework
from tests.factories_applications import questions

pytestmark = pytest.mark.django_db

LIST, SET = "/framework-office/questions/", "/framework-office/questions/{}/"
QUESTION = {
    "code": "animals",
    "asks": "Are there animals where you work?",
    "kind": "choice",
    "options": "yes: Yes\nby_start: Not yet\nno: No",
    "section": "policies",
    "page": "2",
    "variants": ["sole_trader"],
    "only_if": "employees = yes, no",
    "pass_kind": "one_of",
    "pass_values": "yes, no",
    "is_required": "on",
    "mitigation_allowed": "on",
    "theme": "health_and_safety",
    "about": "general",
    "check": "risk-assessments",
    "justification": "Children may be afraid or allergic.",
}


def text_of(answer):
    return unescape(answer.content.decode())


def where(answer):
    """The page it leads to, and of which framework."""
    page, _, of = answer.url.partition("?framework=")
    assert of
    return page


@pytest.fixture
def inside():
    made = made_framework()
    questions(made)
    return made


@pytest.fixture
def client():
    made = Client()
    made.force_login(council_member(Role.COMMISSIONER))
    return made


def drafted(client, version=2):
    assert where(client.post(LIST)) == SET.format(version)
    return SET.format(version)


def asked(inside, version=2):
    return queries.question_set(inside.pk, version, person=council_member()).questions


def test_a_version_is_written_changed_and_published(client, inside):
    there = drafted(client)
    assert "Being written" in text_of(client.get(LIST))
    assert "Write a new version" not in text_of(client.get(LIST))
    assert where(client.post(f"{there}new/", QUESTION)) == there
    one = asked(inside).question("animals")
    assert one.kind is Kind.CHOICE
    assert one.options == (("yes", "Yes"), ("by_start", "Not yet"), ("no", "No"))
    assert one.only_if == (OnlyIf("employees", ("yes", "no")),)
    assert one.pass_if == Pass(PassKind.ONE_OF, ("yes", "no"))
    page = text_of(client.get(f"{there}animals/"))
    assert "by_start: Not yet" in page
    changed = {**QUESTION, "asks": "Are there animals?"}
    assert where(client.post(f"{there}animals/", changed)) == there
    assert asked(inside).question("animals").asks == "Are there animals?"
    assert where(client.post(f"{there}referee/remove/")) == there
    assert asked(inside).question("referee") is None
    published = {"because": "Animals.", "in_force_from-day": "15", "in_force_from-month": "5"}
    answer = client.post(f"{there}publish/", published | {"in_force_from-year": "2026"})
    assert where(answer) == there
    page = text_of(client.get(there))
    assert "It holds from 15 May 2026. Animals." in page
    assert "Publish" not in page
    assert queries.questions_in_force(inside.pk, on=TODAY).version == 2


@pytest.mark.parametrize("question", DEFAULT_SET.questions, ids=lambda one: one.code)
def test_the_form_says_everything_a_question_holds(question):
    """What it shows, sent back unchanged, is the same question."""
    lots = [(code, code) for one in DEFAULT_SET.questions for code in one.lots]
    checks = [(one.check, one.check) for one in DEFAULT_SET.questions if one.check]
    shared = {"within": DEFAULT_SET, "question": question, "lots": lots, "checks": checks}
    data = QueryDict(mutable=True)
    for name, value in QuestionForm(None, **shared).initial.items():
        data.setlist(name, [str(one) for one in (value if isinstance(value, list) else [value])])
    for name in ("is_required", "each_lot", "is_reusable", "is_public", "mitigation_allowed"):
        if data[name] == "False":
            del data[name]
    data["expires_after"] = "" if question.expires_after is None else str(question.expires_after)
    form = QuestionForm(data, **shared)
    assert form.is_valid(), form.errors
    assert form.question() == question


def test_what_the_law_stops_is_named_by_its_question(client, inside):
    there = drafted(client)
    hard = {
        **QUESTION,
        "code": "certificate",
        "asks": "Your insurance certificate",
        "kind": "file",
        "options": "",
        "pass_kind": "",
        "pass_values": "",
        "about": "insurance",
        "only_if": "",
    }
    client.post(f"{there}new/", hard)
    says = "“Your insurance certificate” asks for insurance before an award."
    assert says in text_of(client.get(there))
    published = {"because": "x", "in_force_from-day": "15", "in_force_from-month": "5"}
    page = text_of(client.post(f"{there}publish/", published | {"in_force_from-year": "2026"}))
    assert says in page
    assert "This version cannot be published as it is." in page
    assert queries.questions_in_force(inside.pk, on=TODAY).version == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "vat"}, "Another question of this version has that code"),
        ({"code": "Two words"}, "Use small letters, numbers and hyphens only"),
        ({"options": "yes"}, "Write each line like this: by_start: Not yet"),
        ({"only_if": "employees"}, "Write each line like this: employees = yes"),
        ({"asks": ""}, "Write the question"),
        ({"page": ""}, "Write a number from 1 to 9"),
    ],
)
def test_a_slip_is_told_at_the_field(client, inside, changed, says):
    there = drafted(client)
    page = text_of(client.post(f"{there}new/", QUESTION | changed))
    assert says in page
    assert asked(inside) == DEFAULT_SET


def test_publishing_says_why_and_from_when(client, inside):
    there = drafted(client)
    page = text_of(client.post(f"{there}publish/", {}))
    assert "Say why: providers read it" in page
    assert "Write the day from which it holds" in page
    early = {"because": "x", "in_force_from-day": "1", "in_force_from-month": "5"}
    page = text_of(client.post(f"{there}publish/", early | {"in_force_from-year": "2026"}))
    assert "cannot hold from a day that has passed" in page


def test_a_version_can_be_thrown_away_but_not_a_published_one(client, inside):
    there = drafted(client)
    assert where(client.post(f"{there}discard/")) == LIST
    assert client.get(there).status_code == 404
    first = SET.format(1)
    assert where(client.post(f"{first}discard/")) == first
    assert where(client.post(f"{first}vat/remove/")) == first
    assert "does not change any more" in text_of(client.post(f"{first}vat/", QUESTION))


def test_one_draft_at_a_time(client, inside):
    drafted(client)
    assert where(client.post(LIST)) == LIST
    assert "being written already" in text_of(client.get(LIST))


def test_others_of_the_council_read_and_do_not_write(inside):
    reader = Client()
    reader.force_login(council_member(Role.DIRECTOR))
    assert "Write a new version" not in text_of(reader.get(LIST))
    assert reader.post(LIST).status_code == 404
    assert reader.get(SET.format(1)).status_code == 200
    assert reader.post(f"{SET.format(1)}publish/").status_code == 403


def test_without_a_framework_there_is_nothing_to_ask(client):
    assert client.get(LIST).status_code == 404


def test_nothing_written_yet_is_said(client):
    made_framework()
    assert "Nothing is written yet" in text_of(client.get(LIST))
    assert "Do you charge VAT?" in text_of(client.get(drafted(client, 1)))


def test_the_list_costs_the_same_for_one_and_two(client, inside, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(LIST)
    drafted(client)
    with django_assert_num_queries(7):
        client.get(LIST)
