"""Sites of one provider at one postcode are one place."""

from hypothesis import given
from hypothesis import strategies as st

from flsf.market.providers.enums import Mode
from flsf.market.providers.rules import premises

SITES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["Forge Road", "Rear door", "Mill"]),
        st.sampled_from(["ZZ1 1AA", "zz11aa", " ZZ1  1AA", "ZZ1 1AB", "Depot", "depot ", ""]),
    ),
    max_size=8,
)


def written(postcode):
    return "".join(postcode.split()).upper()


def test_one_address_is_named_by_all_its_names():
    found = premises(
        [
            (1, 7, "Forge Road", "ZZ1 1AA"),
            (2, 7, "Rear door", "zz1 1aa"),
            (3, 7, "Mill", "ZZ1 1AB"),
            (4, 7, "Annexe", "ZZ11AA"),
            (5, 7, "Mill", "ZZ1 1AB"),
        ]
    )
    assert found.names == {1: "Forge Road, Rear door and Annexe (one address)", 3: "Mill"}
    assert [found.place(Mode.SITE, one) for one in range(1, 6)] == [1, 1, 3, 1, 3]
    assert found.place(Mode.SITE, 9) == 9
    assert found.place(Mode.HOME, 2) is None
    assert found.place(Mode.WORKPLACE, 2) == 1


@given(SITES)
def test_two_are_one_place_if_and_only_if_they_share_provider_and_postcode(sites):
    rows = [(pk, *one) for pk, one in enumerate(sites, 1)]
    found = premises(rows)
    for pk, provider, _, postcode in rows:
        for other_pk, other, _, other_postcode in rows:
            shares = provider == other and written(postcode) == written(other_postcode) != ""
            is_one = found.one_of[pk] == found.one_of[other_pk]
            assert is_one == (shares or pk == other_pk)
    assert set(found.names) == set(found.one_of.values())
