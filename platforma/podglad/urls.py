from django.urls import path

from . import views

app_name = "podglad"

urlpatterns = [path("podglad/<str:code>/", views.podglad, name="page")]
