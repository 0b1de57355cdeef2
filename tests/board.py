"""What the processes of `test_processes` tell each other; needs no models, for it comes before Django."""

MOVED, PUBLISHED = 16, 14  # rows of each sort; both fit on one page
READERS, EDITORS = 4, 2  # processes


class Board:
    """Slots shared by all processes, and how much each has done.

    `due` are the moments of scheduled rows, in seconds since 1970.
    """

    def __init__(self, context):
        self.stop = context.Event()
        self.moved = context.Array("q", MOVED)
        self.published = context.Array("q", PUBLISHED)
        self.due = context.Array("d", PUBLISHED)
        self.pages = context.Array("q", READERS)
        self.edits = context.Array("q", EDITORS)
