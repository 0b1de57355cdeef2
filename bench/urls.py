import os

from django.http import HttpResponse
from django.urls import include, path

from bench.plain_sql import plain_list


def empty(request):
    return HttpResponse("")


def worker(request):
    """Say which process answers."""
    return HttpResponse(str(os.getpid()))


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/worker/", worker),
    path("bench/plain/", plain_list),
    path("", include("platforma.urls")),
]

handler404 = "platforma.views.page_not_found"
handler500 = "platforma.views.server_error"
