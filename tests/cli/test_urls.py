"""Every address says whose it is."""

import pytest

from flsf.web.site import addresses


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("waiting-list", "council"),
        ("waiting-list-csv", "council"),
        ("picture-bridge-svg", "council"),
        ("directory-search", "public"),
    ],
)
def test_a_page_made_of_shared_pieces_is_its_audiences_own(name, audience):
    said = {one.name: one.audience for one in addresses()}
    assert said[name] == audience
