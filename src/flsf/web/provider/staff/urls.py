from django.urls import path

from flsf.web.provider.staff import letter, views

urlpatterns = [
    path("provider/staff/", views.staff_list, name="provider-staff"),
    path("provider/staff/add/", views.staff_add, name="staff-add"),
    path("provider/staff/<str:ref>/check/", views.staff_check, name="staff-check"),
    path("provider/staff/<str:ref>/leave/", views.staff_leave, name="staff-leave"),
    path("provider/assurance/", letter.assurance, name="own-letter"),
]
