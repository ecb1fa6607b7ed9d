from django.urls import path

from flsf.web.public.feedback import views

urlpatterns = [
    path("directory/feedback/", views.feedback, name="feedback"),
    path("directory/feedback/say/", views.feedback_say, name="feedback-say"),
    path("directory/feedback/thank-you/", views.feedback_thanks, name="feedback-thanks"),
    path("directory/feedback/<int:year>/", views.feedback_year, name="feedback-year"),
]
