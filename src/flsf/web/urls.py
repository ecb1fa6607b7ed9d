from django.urls import include, path

from flsf.web import documents, health

urlpatterns = [
    path("", include("flsf.web.council.framework_office.urls")),
    path("", include("flsf.web.council.question_sets.urls")),
    path("", include("flsf.web.council.registers.urls")),
    path("", include("flsf.web.council.exclusions.urls")),
    path("", include("flsf.web.provider.exclusion.urls")),
    path("", include("flsf.web.provider.agreement.urls")),
    path("", include("flsf.web.council.agreements.urls")),
    path("", include("flsf.web.council.applications.urls")),
    path("", include("flsf.web.council.providers.urls")),
    path("", include("flsf.web.council.standards.urls")),
    path("", include("flsf.web.council.reviews.urls")),
    path("", include("flsf.web.council.value.urls")),
    path("", include("flsf.web.provider.value.urls")),
    path("", include("flsf.web.council.contracts.urls")),
    path("", include("flsf.web.provider.meetings.urls")),
    path("", include("flsf.web.provider.standards.urls")),
    path("", include("flsf.web.council.listings.urls")),
    path("", include("flsf.web.council.continuity.urls")),
    path("", include("flsf.web.council.local_offer.urls")),
    path("", include("flsf.web.provider.compliance.urls")),
    path("", include("flsf.web.provider.staff.urls")),
    path("", include("flsf.web.provider.services.urls")),
    path("", include("flsf.web.provider.application.urls")),
    path("documents/<str:ref>/", documents.document, name="document"),
    path("", include("flsf.web.provider.comments.urls")),
    path("", include("flsf.web.public.urls")),
    path("", include("flsf.web.council.waivers.urls")),
    path("", include("flsf.web.public.how_we_choose.urls")),
    path("", include("flsf.web.council.matching.urls")),
    path("", include("flsf.web.council.competitions.urls")),
    path("", include("flsf.web.provider.competitions.urls")),
    path("", include("flsf.web.council.awards.urls")),
    path("", include("flsf.web.council.oversight.urls")),
    path("", include("flsf.web.council.imports.urls")),
    path("", include("flsf.web.provider.urls")),
    path("", include("flsf.web.council.children.urls")),
    path("", include("flsf.web.council.referrals.urls")),
    path("", include("flsf.web.council.waiting.urls")),
    path("", include("flsf.web.council.money.urls")),
    path("", include("flsf.web.council.my_work.urls")),
    path("", include("flsf.web.public.spending.urls")),
    path("", include("flsf.web.provider.claims.urls")),
    path("", include("flsf.web.public.ask.urls")),
    path("", include("flsf.web.school.urls")),
    path("", include("flsf.web.family.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("flsf.web.council.urls")),
]

handler400 = "flsf.web.errors.bad_request"
handler403 = "flsf.web.errors.not_allowed"
handler404 = "flsf.web.errors.not_found"
handler500 = "flsf.web.errors.broken"
