from django.urls import path

from . import views

app_name = "zglos"

urlpatterns = [
    path("", views.start, name="start"),
    path("wroc/", views.wroc, name="wroc"),
    path("blad/", views.blad, name="blad"),
    path("<slug:code>/", views.status, name="status"),
    path("<slug:code>/link/", views.link, name="link"),
    path("<slug:code>/<slug:slug>/", views.krok, name="krok"),
]
