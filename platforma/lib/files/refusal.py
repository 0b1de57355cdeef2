"""Why a file is not let in."""


class Refusal(Exception):
    """The file is not one we pass on to readers; the text is a Polish sentence about "the file"."""
