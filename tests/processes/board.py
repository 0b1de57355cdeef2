"""What the processes of `test_processes` tell each other; needs no models, for it comes before Django."""

MOVED, PUBLISHED = 16, 14  # rows of each sort; both fit on one page
READERS, EDITORS = 4, 2  # processes
HIDDEN, SHOWN, SCHEDULED, ARCHIVED = 1, 2, 3, 4
STATES = 8  # a slot of a row "p" is its state and, in multiples of this, the number of the edit


class Board:
    """Slots shared by all processes, and how much each has done.

    A slot tells what the next request must show of a row, and is 0 while the row is being changed: for a row
    "m" the generation that its fields name, for a row "p" its state. `due` are the moments of scheduled rows,
    in seconds since 1970.
    """

    def __init__(self, context):
        self.stop = context.Event()
        self.moved = context.Array("q", MOVED)
        self.published = context.Array("q", PUBLISHED)
        self.due = context.Array("d", PUBLISHED)
        self.pages = context.Array("q", READERS)
        self.edits = context.Array("q", EDITORS)


class Start:
    """Both have the entry open; the barrier lets them press together."""

    def __init__(self, context):
        self.line = context.Barrier(2)
