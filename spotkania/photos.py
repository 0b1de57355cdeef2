"""The photos of speakers, for those who may see them."""

from django.http import Http404, HttpResponse


def photo_response(prelegent) -> HttpResponse:
    """Answer with the photo as it was written anew when it came; 404 where its file is gone."""
    try:
        with prelegent.zdjecie.open("rb") as photo:
            return HttpResponse(photo.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
