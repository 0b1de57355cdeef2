from django.urls import path

from . import compare_views, place_views, views

app_name = "praktyki"

urlpatterns = [
    path("praktyki/", views.praktyka_list, name="list"),
    path("praktyki/eksport.csv", views.praktyka_export, {"ending": "csv"}, name="export_csv"),
    path("praktyki/eksport.xlsx", views.praktyka_export, {"ending": "xlsx"}, name="export_xlsx"),
    path("praktyki/eksport.json", views.praktyka_export, {"ending": "json"}, name="export_json"),
    path("praktyki/kanal.atom", views.praktyka_feed, name="feed"),
    path("praktyki/podpowiedzi/", views.podpowiedzi, name="podpowiedzi"),
    path("praktyki/mapa/", place_views.mapa, name="mapa"),
    path("praktyki/porownaj/", compare_views.praktyki_porownaj, name="porownaj"),
    path("praktyki/notatka/", views.notatka, name="notatka"),
    path("praktyki/<slug:slug>/", views.praktyka_detail, name="detail"),
    path("praktyki/<slug:slug>/obraz.png", views.praktyka_picture, name="picture"),
    path("instrumenty/", views.instrument_list, name="instrument_list"),
    path("instrumenty/kreator/", views.kreator, name="kreator"),
    path("instrumenty/porownaj/", compare_views.instrumenty_porownaj, name="instrument_porownaj"),
    path("instrumenty/<slug:slug>/", views.instrument_detail, name="instrument_detail"),
    path("moja-gmina/", place_views.moja_gmina, name="moja_gmina"),
    path("instrumenty/<slug:slug>/kalendarz/", views.kalendarz, name="kalendarz"),
    path("jst/", views.jst_list, name="jst_list"),
    path("jst/<slug:slug>/", views.jst_detail, name="jst_detail"),
    path("organizacje/<slug:slug>/", views.organizacja_detail, name="organizacja_detail"),
]
