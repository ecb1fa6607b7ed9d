"""What each part of the data means, for the page that explains it."""

from collections.abc import Sequence

FIELDS: Sequence[tuple[str, str]] = (
    ("id", "An identifier that never changes. The same service always has the same one."),
    ("name, description", "As the provider wrote them and the council shows them."),
    (
        "status",
        (
            "active: may be offered to a child. temporarily closed: not to a new child just now. "
            "inactive: no longer published; nothing else is told of it."
        ),
    ),
    (
        "alert",
        (
            "What to know first: that it is full for now, or that it is not on the council's list, "
            "so the council has not checked it."
        ),
    ),
    ("fees", "What a family pays."),
    ("minimum_age, maximum_age", "Who it is for, in years. Both ages are included."),
    ("assured_date", "The day the provider last said that all this is right."),
    ("last_modified", "When anything told of the service last changed, in UTC."),
    ("organization", "Who runs it, with numbers from public registers. No person is named."),
    (
        "schedules",
        ("The days with places, as mornings and afternoons. We keep half-days, not hours."),
    ),
    (
        "service_at_locations",
        (
            "Where it happens: a place with its postcode, or online. Nothing, if somebody comes to "
            "the child. We keep no town or county, so these are empty."
        ),
    ),
    ("attributes", "Needs, kind of support, where it happens and access, as terms of our lists."),
)
COLUMNS: Sequence[tuple[str, str]] = (
    ("id, name, organisation", "As above."),
    ("status, alert", "As above."),
    ("description, url", "What it is, and its page in our directory."),
    ("minimum_age, maximum_age", "As above."),
    ("postcode, latitude, longitude", "Of the place, if it happens at one."),
    ("kind, needs", "The names of the terms, with semicolons between."),
    ("confirmed_on, last_modified", "assured_date and last_modified above."),
)
