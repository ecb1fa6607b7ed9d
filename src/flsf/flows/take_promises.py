"""What an accepted applicant promised is kept, so that it is looked at each year (S152, S178)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import climate, promised
from flsf.market.promises import actions as promises
from flsf.market.promises import queries as find_promises
from flsf.market.promises.enums import Measure
from flsf.market.promises.rules import NewPlan, amounts_fit, is_plan_year, year_of


@transaction.atomic
def take_promises(*, provider_ids: Mapping[int, int], by: Person, at: datetime) -> None:
    """Each number promised holds from today, and each plan for the climate is on record.

    `provider_ids` are by application. What is promised already is not said again; a number that
    could not be meant is left out, and so is a year that no plan can name.
    """
    on = london_day(at)
    full = applications.in_full_many(list(provider_ids), person=by, on=on)
    known = find_promises.promised(sorted(set(provider_ids.values())), year=year_of(on), person=by)
    amounts: dict[int, dict[Measure, int]] = {}
    plans: dict[int, NewPlan] = {}
    made_in: dict[int, str] = {}
    for application_id, provider_id in sorted(provider_ids.items()):
        said = {one.code: one.value for one in full[application_id].answers}
        made_in[provider_id] = f"Application {full[application_id].ref}"
        for code, many in promised(said).items():
            measure = Measure(code)
            if amounts_fit({measure: many}) and known[provider_id].get(measure) != many:
                amounts.setdefault(provider_id, {})[measure] = many
        words, by_year = climate(said)
        if words.strip():
            year = by_year if is_plan_year(by_year, on=on) else None
            plans[provider_id] = NewPlan(words=words, net_zero_by=year)
    promises.promise_many(promised=amounts, since=on, made_in=made_in, by=by, at=at)
    promises.tell_plans(plans=plans, told_in=made_in, by=by, at=at)
