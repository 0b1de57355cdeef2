from django.urls import path, register_converter

from . import calendar_views, views


class YearConverter:
    regex = "(?:19|20)[0-9]{2}"
    to_python, to_url = int, "{:04}".format


class MonthConverter:
    regex = "0[1-9]|1[0-2]"
    to_python, to_url = int, "{:02}".format


register_converter(YearConverter, "rok")
register_converter(MonthConverter, "miesiac")

app_name = "spotkania"

urlpatterns = [
    path("spotkania/", views.spotkanie_list, name="list"),
    path("spotkania/eksport.csv", views.spotkanie_export, {"ending": "csv"}, name="export_csv"),
    path("spotkania/eksport.xlsx", views.spotkanie_export, {"ending": "xlsx"}, name="export_xlsx"),
    path("spotkania/eksport.json", views.spotkanie_export, {"ending": "json"}, name="export_json"),
    path("spotkania/kanal.atom", views.spotkanie_feed, name="feed"),
    path("spotkania/kalendarz.ics", calendar_views.catalogue_calendar, name="calendar"),
    path("spotkania/kalendarz/", calendar_views.year_list, name="year_list"),
    path("spotkania/kalendarz/<rok:rok>/", calendar_views.year, name="year"),
    path("spotkania/kalendarz/<rok:rok>/<miesiac:miesiac>/", calendar_views.month, name="month"),
    path("spotkania/cykle/<slug:slug>.ics", calendar_views.cykl_calendar, name="cykl_calendar"),
    path("spotkania/cykle/<slug:slug>/", views.cykl_detail, name="cykl_detail"),
    path("spotkania/prelegenci/", views.prelegent_list, name="prelegent_list"),
    path(
        "spotkania/prelegenci/<slug:slug>.ics", calendar_views.prelegent_calendar, name="prelegent_calendar"
    ),
    path("spotkania/prelegenci/<slug:slug>/", views.prelegent_detail, name="prelegent_detail"),
    path("spotkania/prelegenci/<slug:slug>/zdjecie.jpg", views.prelegent_photo, name="prelegent_photo"),
    path("spotkania/<slug:slug>.ics", calendar_views.spotkanie_calendar, name="detail_calendar"),
    path("spotkania/<slug:slug>/", views.spotkanie_detail, name="detail"),
    path("spotkania/<slug:slug>/obraz.png", views.spotkanie_picture, name="picture"),
    path("spotkania/<slug:slug>/materialy.zip", views.spotkanie_bundle, name="bundle"),
    path("materialy/", views.material_list, name="material_list"),
    path("materialy/eksport.csv", views.material_export, {"ending": "csv"}, name="material_csv"),
    path("materialy/eksport.xlsx", views.material_export, {"ending": "xlsx"}, name="material_xlsx"),
    path("materialy/eksport.json", views.material_export, {"ending": "json"}, name="material_json"),
    path("materialy/kanal.atom", views.material_feed, name="material_feed"),
    path("materialy/<int:pk>/<str:nazwa>", views.material_file, name="material_file"),
    path(
        "materialy/<int:pk>/wersje/<int:version>/<str:nazwa>", views.material_version, name="material_version"
    ),
]
