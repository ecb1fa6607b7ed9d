from django.urls import path

from flsf.web.council.setup import council_views, framework_views, money_views, views

urlpatterns = [
    path("settings/", views.setup, name="setup"),
    path("settings/council/", council_views.council_page, name="setup-council"),
    path("settings/framework/", framework_views.framework_page, name="setup-framework"),
    path("settings/checks/", framework_views.checks_page, name="setup-checks"),
    path("settings/money/", money_views.money_set_up, name="setup-money"),
    path("settings/money/funds/new/", money_views.fund_add, name="setup-fund-add"),
    path("settings/money/limits/new/", money_views.limit_add, name="setup-limit-add"),
    path("settings/money/<slug:code>/<int:year>/", money_views.budget_set, name="setup-budget"),
]
