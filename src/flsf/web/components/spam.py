"""Keeps machines from filling in public forms, without anybody else's help and without puzzles.

A form carries a signed moment and an empty box that people do not see. Sent within seconds,
with the box filled in, or too often from one session, it is not believed.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest

SALT = "flsf.form"
SOONEST = timedelta(seconds=3)
LATEST = timedelta(hours=12)
MOST_A_DAY = 10
TRAP, TOKEN = "website", "made"
COUNTED = "forms_sent"

TOO_OFTEN = "You have sent as many as we can take from one person in a day. Come back tomorrow."
AGAIN = "We could not be sure that a person sent this. Wait a moment, then press the button again."


def new_token(at: datetime) -> str:
    """When the form was made, signed."""
    return signing.dumps(at.timestamp(), salt=SALT)


def trouble(request: HttpRequest, *, at: datetime) -> str:
    """Why the form is not believed, in words; empty when it is. Counts what is believed."""
    if request.POST.get(TRAP):
        return AGAIN
    try:
        made = datetime.fromtimestamp(
            signing.loads(request.POST.get(TOKEN, ""), salt=SALT), tz=at.tzinfo
        )
    except (signing.BadSignature, TypeError, ValueError):
        return AGAIN
    if not SOONEST <= at - made <= LATEST:
        return AGAIN
    day, count = request.session.get(COUNTED, ["", 0])
    count = count if day == at.date().isoformat() else 0
    if count >= MOST_A_DAY:
        return TOO_OFTEN
    request.session[COUNTED] = [at.date().isoformat(), count + 1]
    return ""
