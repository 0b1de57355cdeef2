from django.urls import path

from . import views

app_name = "praktyki"

urlpatterns = [
    path("praktyki/", views.praktyka_list, name="list"),
    path("praktyki/eksport.csv", views.praktyka_export, {"ending": "csv"}, name="export_csv"),
    path("praktyki/eksport.xlsx", views.praktyka_export, {"ending": "xlsx"}, name="export_xlsx"),
    path("praktyki/eksport.json", views.praktyka_export, {"ending": "json"}, name="export_json"),
    path("praktyki/kanal.atom", views.praktyka_feed, name="feed"),
    path("praktyki/podpowiedzi/", views.podpowiedzi, name="podpowiedzi"),
    path("praktyki/<slug:slug>/", views.praktyka_detail, name="detail"),
    path("praktyki/<slug:slug>/obraz.png", views.praktyka_picture, name="picture"),
    path("instrumenty/", views.instrument_list, name="instrument_list"),
    path("instrumenty/<slug:slug>/", views.instrument_detail, name="instrument_detail"),
    path("jst/", views.jst_list, name="jst_list"),
    path("jst/<slug:slug>/", views.jst_detail, name="jst_detail"),
    path("organizacje/<slug:slug>/", views.organizacja_detail, name="organizacja_detail"),
]
