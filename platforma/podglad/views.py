"""The page behind a preview link, and the comments that come by it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from platforma.lib.preview.models import LinkEnded, LinkPodgladu, TooManyComments, UwagaPodgladu
from platforma.lib.preview.page import Preview, preview_page, unkept
from platforma.lib.public_forms import public_form

from .forms import UwagaForm


@csrf_exempt
@public_form
def podglad(request, code):
    """Show the entry of a link, or take a comment; unknown, expired and revoked links answer all the same.

    No cookie stands for the right to write here, only the secret address itself: there is nothing that a
    foreign page could borrow. And from a page without a referrer browsers say "Origin: null".
    """
    link = LinkPodgladu.objects.of_code(code)
    try:
        response = _answer(request, code, link) if link else _ended(request)
    except LinkEnded:
        response = _ended(request)
    return unkept(response)


def _ended(request):
    return render(request, "podglad/nieczynny.html", {"robots": "noindex"}, status=404)


def _answer(request, code, link):
    if request.method == "GET":
        link.note_opened()
    if link.entry.is_readable():
        return redirect(link.entry)
    form, status = UwagaForm(request.POST or None), 200
    if request.method == "POST":
        status = _take(link, form)
        if status == 200:
            return redirect(f"{reverse('podglad:page', args=[code])}?wyslano=1#uwagi")
    preview = Preview(link.entry, form=form, link=link, is_sent="wyslano" in request.GET)
    response = preview_page(request, preview)
    response.status_code = status
    return response


def _take(link, form) -> int:
    """Store the comment of a valid form; return the status of the answer."""
    if not form.is_valid():
        return 422
    try:
        UwagaPodgladu.objects.receive(link, form.cleaned_data["tresc"], form.cleaned_data["bilet"])
    except TooManyComments:
        form.add_error(None, "Dziś przyszło tą drogą już bardzo dużo uwag. Wyślij tę jutro albo e-mailem.")
        return 429
    return 200
