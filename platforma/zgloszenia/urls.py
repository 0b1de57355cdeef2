from django.urls import path

from . import views

app_name = "zglos"

urlpatterns = [
    path("zglos/", views.start, name="start"),
    path("zglos/wroc/", views.wroc, name="wroc"),
    path("zglos/blad/", views.blad, name="blad"),
    path("zglos/<slug:code>/", views.status, name="status"),
    path("zglos/<slug:code>/link/", views.link, name="link"),
    path("zglos/<slug:code>/<slug:slug>/", views.krok, name="krok"),
]
