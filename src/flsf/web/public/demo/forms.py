from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from flsf.core.dates import in_words
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm
from flsf.web.demo_clock import MOST_DAYS_AHEAD


class DayForm(GovukForm):
    """The day that it is to be."""

    day = DatePartsField(label="Pretend that it is", missing="Enter the day that it is to be")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].help_text = (
            f"Today or later: time only runs forward. For example, "
            f"{today.day} {today.month} {today.year}"
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        last = self.today + timedelta(days=MOST_DAYS_AHEAD)
        if not self.today <= day <= last:
            raise ValidationError(f"Choose a day from {in_words(self.today)} to {in_words(last)}")
        return day
