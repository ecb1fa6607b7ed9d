"""An amount of money as people write it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField

from flsf.core.money import Money, NotAnAmount


class PoundsField(CharField):
    """Reads "£1,250.50"; comes out as whole pence, never below nothing."""

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        try:
            pence = Money.from_pounds(typed).pence
        except NotAnAmount as error:
            raise ValidationError(
                f"{self.label} must be an amount in pounds, like 1,250 or 1,250.50"
            ) from error
        if pence < 0:
            raise ValidationError(f"{self.label} must not be less than nothing")
        return pence
