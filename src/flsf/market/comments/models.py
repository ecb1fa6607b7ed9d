from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.comments.enums import CommentStatus


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every comment; a provider's people the published ones about it."""
        if person.reach.whole_council:
            return self
        return self.filter(
            status=CommentStatus.PUBLISHED,
            service__provider__organisation__in=person.reach.organisation_ids,
        )


class Comment(models.Model):
    """What somebody says of a service or of the whole Local Offer; read before it is published."""

    ref = models.CharField(max_length=12, unique=True)
    # Null: about the Local Offer as a whole.
    service = models.ForeignKey(
        "market.Service", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField()  # as they came
    shown = models.TextField(blank=True)  # as published: less whatever says who somebody is
    name = models.CharField(max_length=60, blank=True)
    said_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=CommentStatus, default=CommentStatus.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)  # why it is not published
    answer = models.TextField(blank=True)
    did = models.CharField(max_length=300, blank=True)  # what changed because of it
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_as = models.CharField(
        max_length=200, blank=True
    )  # the council's name, or a provider's
    answered_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="comment_decided_whole",
                condition=Q(status=CommentStatus.WAITING, decided_by=None, decided_at=None)
                | (
                    ~Q(status=CommentStatus.WAITING)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="comment_published_with_words_or_withheld_with_why",
                condition=Q(status=CommentStatus.WAITING, shown="", why="")
                | (Q(status=CommentStatus.PUBLISHED, why="") & ~Q(shown=""))
                | (Q(status=CommentStatus.WITHHELD, shown="") & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="comment_answered_whole",
                condition=Q(answer="", did="", answered_as="", answered_by=None, answered_at=None)
                | (
                    ~Q(answer="")
                    & ~Q(answered_as="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def fresh_ref(cls) -> str:
        [ref] = fresh_refs("V", 1, frozenset(cls.objects.values_list("ref", flat=True)))
        return ref
