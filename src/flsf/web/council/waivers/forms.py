from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text
from flsf.web.components.money_field import PoundsField


class GrantForm(GovukForm):
    reason = long_text("Why is this bought outside the framework?", missing="Enter the reason")
    provider_name = text("Who is it bought from?", missing="Enter the name of the provider")
    value_pence = PoundsField(
        label="Most it may cost, VAT included",
        help_text="In pounds, for example 12,500",
        error_messages={"required": "Enter the most it may cost"},
    )
    starts_on = DatePartsField(label="First day", missing="Enter the first day")
    expires_on = DatePartsField(
        label="Last day",
        missing="Enter the last day",
        help_text="From the day after, nothing bought under it has a valid contract",
    )
    approver_name = text("Who approved it?", missing="Enter who approved it")
    approved_on = DatePartsField(label="Day of approval", missing="Enter the day of approval")


class EndForm(GovukForm):
    ended_on = DatePartsField(
        label="From which day is it ended?",
        missing="Enter the day",
        help_text="The first day on which nothing may be bought under it",
    )
    why = long_text(
        "What happens to the support that was bought under it?",
        missing="Say what happens to the support that was bought under it",
    )
