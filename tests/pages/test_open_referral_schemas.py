"""Every answer of the API held to the standard's own schemas, where they are at hand."""

import json

import jsonschema
import pytest

from flsf.core.access import Access
from flsf.core.access import to_mask as access_mask
from flsf.core.geo import Point
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.flows import offer_service as flow
from flsf.market.feed import actions
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.market.providers.rules import NewSite, ServiceFacts
from tests.data import register
from tests.factories import NOW, lot
from tests.factories_market import admitted, provider, service

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SCHEMAS = {
    "services": ("compiled/service_list.json", "compiled/service.json"),
    "organizations": ("compiled/organization_list.json", "compiled/organization.json"),
    "service_at_locations": (
        *("compiled/service_at_location_list.json", "compiled/service_at_location.json"),
    ),
}


def judge(name):
    schema = json.loads(register(f"oruk/hsds-uk-3.0/schema/{name}").read_text())
    formats = jsonschema.FormatChecker()
    return jsonschema.Draft202012Validator(schema, format_checker=formats)


@pytest.fixture
def market():
    """One of everything that a record can be made of, and one that is withdrawn."""
    inside = lot("Mentoring")
    of = provider(
        "Heron Trust",
        ProviderKind.VOLUNTARY,
        charity_number="1012345",
        company_number="1234567",
        email="hello@heron.example",
        website="https://heron.example",
        about="A charity.",
    )
    admitted(of, in_lot=inside)
    service(
        of,
        inside,
        site=NewSite("The Boathouse", "ZZ1 1AA", Point(400_000, 290_000)),
        needs_mask=to_mask(list(Need)),
        access_mask=access_mask(list(Access)),
        places={0: 1, 3: 2},
        what_it_is='Calm "quiet"\n\t\\ é',
        how_to_get_it="Ask.",
        what_to_expect="Tea.",
    )
    for mode in (Mode.ONLINE, Mode.HOME):
        service(of, inside, mode=mode)
    service(provider("Bare", ProviderKind.SOLE_TRADER), inside, site=NewSite("Hall", "ZZ9 9ZZ"))
    gone = service(of, inside, mode=Mode.ONLINE)
    publish()
    facts = {name: getattr(gone.facts, name) for name in ServiceFacts.__dataclass_fields__}
    hidden = ServiceFacts(**(facts | {"is_listed": False}))
    flow.change_service(service_id=gone.pk, facts=hidden, by=SYSTEM, at=NOW)
    publish()


def publish():
    actions.publish(council="Marlbeck", address="https://m.example", by=SYSTEM, at=NOW)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_record_listed_and_in_full_keeps_its_schema(client, market, kind):
    listed, full = map(judge, SCHEMAS[kind])
    contents = json.loads(client.get(f"/open-referral/v3/{kind}").content)["contents"]
    assert len(contents) >= 2
    for one in contents:
        assert [error.message for error in listed.iter_errors(one)] == []
        whole = json.loads(client.get(f"/open-referral/v3/{kind}/{one['id']}").content)
        assert [error.message for error in full.iter_errors(whole)] == []


def test_the_whole_keeps_the_schema_of_a_package(client, market):
    whole = json.loads(b"".join(client.get("/open-data/services.json").streaming_content))
    assert len(whole) == 5
    errors = judge("compiled/service_package.json").iter_errors(whole)
    assert [error.message for error in errors] == []
