"""The public form in steps, the status page behind its secret link, the report of an error.

Only POST writes. Every page here is one person's: kept by nobody, and read again from the database.
"""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from platforma.lib.limits import allow
from platforma.lib.public_forms import public_form, sender_of
from platforma.models import Zgloszenie

from . import actions, notices, steps
from .forms import BladForm, KodForm, LinkForm, StartForm
from .step_forms import MAX_FILES, PlikStep
from .targets import page_at

HOUR = 3600  # seconds
BEGUN, BEGUN_BY_ALL = 10, 300  # new submissions in an hour: of one sender, of all together
FILES, CODES, LINKS = 30, 30, 5  # in an hour: files and codes tried of a sender, links to an address
LINKS_OF_SENDER = 15
TOO_MANY = "Przyszło stąd zbyt wiele zgłoszeń. Spróbuj ponownie za godzinę; wpisane dane są niżej."


def page(request, template, context, *, status=200):
    context = {"robots": "noindex, nofollow", "dni": settings.SUBMISSION_DAYS, **context}
    return render(request, f"zgloszenia/{template}.html", context, status=status)


def form_page(request, template, form, *, status=None, **context):
    """Render a form again, or for the first time; what was refused says so with its status."""
    status = status or (422 if form.is_bound and form.errors else 200)
    return page(request, template, {"form": form, **context}, status=status)


def sent(request):
    """Return what a form was sent with, also where that is nothing; None where it is only opened."""
    return request.POST if request.method == "POST" else None


def may_begin(request) -> bool:
    """Count a new submission against the limits of its sender and of all together."""
    return allow("begin", sender_of(request), most=BEGUN, seconds=HOUR) and allow(
        "begin", most=BEGUN_BY_ALL, seconds=HOUR
    )


@public_form
def start(request):
    form = StartForm(sent(request))
    context = {"robots": "", "kroki": steps.without_links("praktyka")}
    if form.is_valid():
        if not may_begin(request):
            form.add_error(None, TOO_MANY)
            return form_page(request, "start", form, status=429, **context)
        if zgloszenie := form.begin():
            return redirect(steps.next_address(zgloszenie, "praktyka"))
        form.refuse_used_ticket()
    return form_page(request, "start", form, **context)


@public_form
def krok(request, code, slug):
    """One step. Moving between steps is links; only its buttons save."""
    zgloszenie = get_object_or_404(Zgloszenie, code=code, rodzaj=Zgloszenie.Rodzaj.PRAKTYKA)
    if slug not in steps.BY_SLUG:
        raise Http404
    if not zgloszenie.is_editable:
        return redirect(zgloszenie)
    special = {"pliki": pliki, "sprawdz": sprawdz}.get(slug)
    context = {
        "zgloszenie": zgloszenie,
        "kroki": steps.links(zgloszenie, slug),
        "krok": steps.BY_SLUG[slug],
        "is_saved": "zapisano" in request.GET,
    }
    return special(request, zgloszenie, context) if special else fields(request, zgloszenie, context)


def fields(request, zgloszenie, context):
    step, for_later = context["krok"], "zapisz" in request.POST
    form = step.form_class(sent(request), instance=zgloszenie, for_later=for_later)
    if not form.is_valid():
        return form_page(request, step.slug, form, **context)
    if not form.save_if_open():
        return redirect(zgloszenie)
    if for_later:
        return redirect(f"{steps.address(zgloszenie, step.slug)}?zapisano=1")
    return redirect(steps.next_address(zgloszenie, step.slug))


def pliki(request, zgloszenie, context):
    """Both buttons keep the file that was chosen; one of them goes on."""
    context |= {"zalaczniki": zgloszenie.zalaczniki.all()}
    goes_on, further = "dalej" in request.POST, steps.next_address(zgloszenie, "pliki")
    if goes_on and not request.FILES:
        return redirect(further)
    if request.POST.get("usun", "").isdecimal():
        actions.remove_file(zgloszenie, int(request.POST["usun"][:18]))
        return redirect(request.path)
    form = PlikStep(sent(request), request.FILES or None)
    if request.method == "POST":
        form.instance.zgloszenie = zgloszenie
        if not allow("file", sender_of(request), most=FILES, seconds=HOUR):
            form.add_error(None, "Przysłano stąd zbyt wiele plików. Spróbuj ponownie za godzinę.")
            return form_page(request, "pliki", form, status=429, **context)
        if form.is_valid():
            if form.save_if_open():
                return redirect(further if goes_on else request.path)
            form.add_error(None, f"Do zgłoszenia można dodać najwyżej {MAX_FILES} plików.")
    return form_page(request, "pliki", form, **context)


def sprawdz(request, zgloszenie, context):
    context |= {"braki": steps.gaps(zgloszenie), "podsumowanie": steps.summary(zgloszenie)}
    if request.method == "POST" and not context["braki"]:
        actions.send(zgloszenie)
        return redirect(zgloszenie)
    context["zalaczniki"] = zgloszenie.zalaczniki.all()
    return page(request, "sprawdz", context, status=422 if request.method == "POST" else 200)


@public_form
def status(request, code):
    zgloszenie = get_object_or_404(Zgloszenie.objects.select_related("praktyka"), code=code)
    if zgloszenie.state == Zgloszenie.State.DRAFT:
        missing = steps.gaps(zgloszenie)
        return redirect(missing[0].url.partition("#")[0] if missing else steps.address(zgloszenie, "sprawdz"))
    return page(request, "status", {"zgloszenie": zgloszenie})


@public_form
def link(request, code):
    """Send the link of a submission to an address; a stranger's box must not be filled, so a few an hour."""
    zgloszenie = get_object_or_404(Zgloszenie, code=code)
    if not zgloszenie.is_editable:
        return redirect(zgloszenie)
    form = LinkForm(sent(request))
    context = {"zgloszenie": zgloszenie, "is_sent": "wyslano" in request.GET}
    if form.is_valid():
        address = form.cleaned_data["adres"].lower()
        if all(
            allow("link", who, most=most, seconds=HOUR)
            for who, most in ((address, LINKS), (code, LINKS), (sender_of(request), LINKS_OF_SENDER))
        ):
            notices.send_link(zgloszenie, address)
            return redirect(f"{request.path}?wyslano=1")
        form.add_error(None, "Wysłaliśmy już kilka linków. Spróbuj ponownie za godzinę albo zapisz kod.")
        return form_page(request, "link", form, status=429, **context)
    return form_page(request, "link", form, **context)


@public_form
def wroc(request):
    form = KodForm(sent(request))
    if request.method == "POST" and not allow("code", sender_of(request), most=CODES, seconds=HOUR):
        form.add_error(None, "Zbyt wiele prób. Spróbuj ponownie za godzinę.")
        return form_page(request, "wroc", form, status=429)
    if form.is_valid():
        return redirect("zglos:status", form.cleaned_data["kod"])
    return form_page(request, "wroc", form)


@public_form
def blad(request):
    strona = request.POST.get("strona", request.GET.get("strona", ""))
    form = BladForm(sent(request), initial={"strona": strona[:300]})
    context = {"row": page_at(strona)}
    if form.is_valid():
        if not may_begin(request):
            form.add_error(None, TOO_MANY)
            return form_page(request, "blad", form, status=429, **context)
        if zgloszenie := actions.report_error(form):
            return redirect(zgloszenie)
        form.refuse_used_ticket()
    return form_page(request, "blad", form, **context)
