"""What a form showed its editor, signed and carried by the form itself; nothing is stored for it."""

from dataclasses import asdict, dataclass

from django.core import signing

FIELD = "_seen"  # of every form of the desk
OPENED = "_opened"  # the token of the form whose conflicts are being settled
SALT = "platforma.lib.stale.seen"


@dataclass(frozen=True)
class Seen:
    """The entry ("praktyki.praktyka:17", without a key for a new one), who opened it, and what was there.

    `shown` is a `snapshots.snapshot` with the state of the entry; `log` is the last line of its history then;
    `nonce` names a form that adds.
    """

    entry: str
    user: int
    shown: dict
    log: int = 0
    nonce: str = ""

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str | None):
        """Return what `sign` signed; None for anything else."""
        try:
            return cls(**signing.loads(text or "", salt=SALT))
        except signing.BadSignature:
            return None


def given_to(request, field=FIELD) -> Seen | None:
    """Return the token that came with the request, if it was given to the user who sends it."""
    seen = Seen.read(request.POST.get(field))
    return seen if seen and seen.user == request.user.pk else None
