"""What was found of Marlbeck's providers: policies read, and work judged against guidance."""

from datetime import timedelta

from flsf.core.people import Person
from flsf.demo.plan.days import Days, moment
from flsf.market.admissions import queries as admissions
from flsf.market.reviews import actions
from flsf.market.reviews.enums import GUIDANCE, Outcome, Subject
from flsf.market.reviews.rules import NewReview, latest_next

READ = {
    Subject.SAFEGUARDING: "Names the lead and the front door, and says what is done the same hour.",
    Subject.HEALTH_AND_SAFETY: "Fits the places where they work; the fire plan was tried in March.",
    Subject.RISK: "One for each place and each trip, looked at again after each incident.",
    Subject.BEHAVIOUR: "Says what is done before anything else, and that families are told.",
    Subject.COMPLAINTS: "Short, and a child could use it. Answers come within ten days.",
    Subject.FIRST_AID: "Two people trained; who has which medicine is written down.",
    Subject.DATA: "Says who may read a child's record, and when it is deleted.",
}
JUDGED = "We asked three members of staff what they do, and read two children's records."
TO_CHANGE = "It names an edition that holds no more. To be put right and sent to us again."
MONTH = timedelta(days=30)


def load(days: Days, *, checker: Person) -> int:
    """Most is in date; some is overdue, to be changed, or was never looked at. Says how many."""
    pool = sorted({provider_id for provider_id, _ in admissions.in_pool(days.today)})
    made = 0
    for number, provider_id in enumerate(pool):
        for place, subject in enumerate(Subject):
            if (number + 2 * place) % 9 == 8:  # nobody has looked yet
                continue
            ago = 400 if (number + place) % 23 == 11 else 6 + (5 * number + 3 * place) % 60
            on = days.ago(ago)
            is_to_change = (number * 3 + place) % 31 == 7 and ago < 60
            last = latest_next(subject, on)
            review = NewReview(
                subject=subject,
                outcome=Outcome.CHANGES if is_to_change else Outcome.MEETS,
                words=TO_CHANGE if is_to_change else READ.get(subject, JUDGED),
                reviewed_on=on,
                next_on=min(last, days.today + MONTH) if is_to_change else last,
            )
            if subject in GUIDANCE and ago > 60:
                continue
            actions.record(provider_id=provider_id, review=review, by=checker, at=moment(on))
            made += 1
    return made
