from django.urls import path

from flsf.web.provider.comments import views

urlpatterns = [
    path("provider/comments/", views.provider_comments, name="provider-comments"),
    path("provider/comments/<str:ref>/", views.comment_own, name="comment-own"),
]
