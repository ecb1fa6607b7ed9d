"""What Marlbeck's providers promised in social value, what came of it, and their climate plans."""

from datetime import date, timedelta

from flsf.core.people import Person
from flsf.demo.plan.days import Days, moment
from flsf.market.admissions import queries as admissions
from flsf.market.promises import actions
from flsf.market.promises.enums import Measure, Outcome
from flsf.market.promises.rules import NewPlan, NewReport, year_of
from flsf.market.providers import queries as providers

LETTER = "Letter with the signed agreement"
EVIDENCE = "Payroll of the last month, and the college's letter about who learns with us."
CLIMATE = (
    "We work within two miles of most children and walk or take the bus.",
    "Two in three lessons are near the child's home; the rest are online where that suits.",
    "We share one van and buy green electricity for the workshop.",
)
GOES = "A third fewer miles by car than last year."
OVERDUE = 9
BACK = "The letter of the college is not there. Send us its date and number of learners."


def load(days: Days, *, officer: Person, teller: Person) -> int:
    """Most keep what they promised, some in part; a few have not said. Says how many promised."""
    began, this = days.framework_starts, year_of(days.today)
    pool = sorted({provider_id for provider_id, _ in admissions.in_pool(days.today)})
    own = providers.own(person=teller)
    promised = 0
    for number, provider_id in enumerate(pool):
        if number % 3 != 2 or (own and provider_id == own.pk):
            amounts = _promised(number)
            actions.promise(
                provider_id=provider_id, amounts=amounts, since=began, made_in=LETTER,
                by=officer, at=moment(began),
            )  # fmt: skip
            promised += 1
            for back, year in enumerate((date(this.year - 1, 9, 1), this)):
                _report(
                    provider_id, number, year, amounts, days, teller, officer, is_new=bool(back)
                )
        if number % 4 != 1:
            on = days.ago(30 + number)
            plan = NewPlan(
                words=CLIMATE[number % len(CLIMATE)],
                net_zero_by=(on.year + number % 9) if number % 2 else None,
            )
            actions.tell_plan(
                provider_id=provider_id, plan=plan, told_in="Told by the provider",
                by=teller, at=moment(on),
            )  # fmt: skip
    return promised


def _promised(number: int) -> dict[Measure, int]:
    amounts = {Measure.JOBS: 1 + number % 4}
    if number % 2:
        amounts[Measure.TRAINING] = 2 + number % 5
    if number % 5 == 0:
        amounts[Measure.APPRENTICES] = 1
    return amounts


def _report(
    provider_id: int,
    number: int,
    year: date,
    amounts: dict[Measure, int],
    days: Days,
    teller: Person,
    officer: Person,
    *,
    is_new: bool,
) -> None:
    """Last year's reports are settled but for one in twelve that is overdue; of this year some
    wait, and one in four has not said.
    """
    if not is_new and number % 12 == OVERDUE:
        return
    if is_new and (number % 4 == 3 or days.ago(9) < year):
        return
    short = {one: max(0, many - (number % 3 == 0)) for one, many in amounts.items()}
    on = days.ago(9 if is_new else 20)
    made = actions.report(
        provider_id=provider_id,
        report=NewReport(year=year, amounts=short, evidence=EVIDENCE, climate=GOES),
        by=teller,
        at=moment(on),
    )
    if is_new and number % 7 == 4:
        return
    is_back = is_new and number % 11 == 6
    actions.decide(
        report_id=made.pk,
        outcome=Outcome.SENT_BACK if is_back else Outcome.ACCEPTED,
        words=BACK if is_back else "",
        by=officer,
        at=moment(on + timedelta(days=3)),
    )
