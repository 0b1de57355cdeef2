from django.urls import path

from . import views

app_name = "spotkania"

urlpatterns = [
    path("spotkania/", views.spotkanie_list, name="list"),
    path("spotkania/cykle/<slug:slug>/", views.cykl_detail, name="cykl_detail"),
    path("spotkania/prelegenci/", views.prelegent_list, name="prelegent_list"),
    path("spotkania/prelegenci/<slug:slug>/", views.prelegent_detail, name="prelegent_detail"),
    path("spotkania/<slug:slug>/", views.spotkanie_detail, name="detail"),
    path("spotkania/<slug:slug>/materialy.zip", views.spotkanie_bundle, name="bundle"),
    path("materialy/", views.material_list, name="material_list"),
    path("materialy/<int:pk>/<str:nazwa>", views.material_file, name="material_file"),
    path(
        "materialy/<int:pk>/wersje/<int:version>/<str:nazwa>", views.material_version, name="material_version"
    ),
]
