import pytest

from flsf.core.people import ChildReach
from flsf.shared.accounts.enums import OrganisationKind, Permission, Role
from flsf.shared.accounts.rules import GRANTED, children_of, may_hold, permissions_of
from flsf.shared.audit.rules import is_well_formed


def test_every_role_says_what_it_allows():
    assert set(GRANTED) == set(Role)
    assert set().union(*GRANTED.values()) == set(Permission)


def test_roles_add_up():
    both = permissions_of([Role.QUALITY, Role.COUNCILLOR])
    assert both == GRANTED[Role.QUALITY] | GRANTED[Role.COUNCILLOR]
    assert permissions_of([]) == frozenset()


def test_a_role_belongs_in_one_kind_of_organisation():
    assert may_hold(Role.PROVIDER_MANAGER, OrganisationKind.PROVIDER)
    assert not may_hold(Role.COMMISSIONER, OrganisationKind.PROVIDER)
    assert may_hold(Role.PARENT, None)
    assert not may_hold(Role.PARENT, OrganisationKind.COUNCIL)


def test_only_casework_roles_reach_children_by_themselves():
    assert children_of([Role.FINANCE, Role.DIRECTOR]) is ChildReach.DISCLOSED
    assert children_of([Role.VIRTUAL_SCHOOL, Role.FINANCE]) is ChildReach.LOOKED_AFTER
    assert children_of([Role.VIRTUAL_SCHOOL, Role.CASEWORKER]) is ChildReach.ALL


@pytest.mark.parametrize("tag", ["suspended", "market:admission", "Market:Admission:Suspended"])
def test_a_tag_has_three_parts_in_lower_case(tag):
    assert not is_well_formed(tag)
    assert is_well_formed("market:admission:suspension-lifted")
