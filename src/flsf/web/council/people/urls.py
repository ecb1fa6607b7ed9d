from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.people import views

urlpatterns = [
    *list_urls("settings/users", views.PEOPLE),
    path("settings/users/invite/", views.user_invite, name="user-invite"),
    path("settings/users/<str:ref>/", views.user_page, name="user-page"),
    path("settings/users/<str:ref>/roles/", views.user_role, name="user-role"),
    path("settings/users/<str:ref>/roles/remove/", views.user_role_remove, name="user-role-remove"),
    path("settings/users/<str:ref>/close/", views.user_close, name="user-close"),
    path("settings/users/<str:ref>/reopen/", views.user_reopen, name="user-reopen"),
]
