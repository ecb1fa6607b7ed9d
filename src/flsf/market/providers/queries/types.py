"""Of which types providers are (S18)."""

from collections.abc import Collection

from flsf.market.providers.models import Provider


def types_masks(provider_ids: Collection[int]) -> dict[int, int | None]:
    """The types of each provider as a mask; None: nobody has said. One query."""
    found = Provider.objects.filter(pk__in=provider_ids)
    return dict(found.values_list("pk", "types_mask"))
