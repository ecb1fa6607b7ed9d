"""How every public service stands on a day."""

from datetime import date

from flsf.market.directory.enums import AVAILABILITY_ORDER, Availability
from flsf.market.directory.queries.index import current


def standings(on: date) -> dict[int, Availability]:
    """Whether each public service may be offered to a child on a day, by its id."""
    columns = current(on).columns
    return {
        int(service_id): AVAILABILITY_ORDER[number]
        for service_id, number in zip(columns.service_id, columns.availability, strict=True)
        if service_id > 0  # below are those that are not on the framework
    }
