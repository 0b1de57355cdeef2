"""What the processes of `test_processes` tell each other; needs no models, for it comes before Django."""

MOVED, PUBLISHED = 16, 14  # rows of each sort; both fit on one page


class Board:
    """Slots shared by all processes; `due` are the moments of scheduled rows, in seconds since 1970."""

    def __init__(self, context):
        self.stop = context.Event()
        self.moved = context.Array("q", MOVED)
        self.published = context.Array("q", PUBLISHED)
        self.due = context.Array("d", PUBLISHED)
