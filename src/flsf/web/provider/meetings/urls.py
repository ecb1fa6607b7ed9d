from django.urls import path

from flsf.web.provider.meetings import views

urlpatterns = [
    path("provider/meetings/", views.own_meetings, name="own-meetings"),
    path("provider/meetings/<str:ref>/done/", views.own_action_done, name="own-action-done"),
]
