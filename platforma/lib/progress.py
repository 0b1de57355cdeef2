"""Where the work of a command is, shown in one line of a terminal."""

from shutil import get_terminal_size


class ShowsProgress:
    """Mixin of a command; where its output is no terminal it shows nothing."""

    def show(self, text: str) -> None:
        """Show `text` in place of what was shown before; "" clears the line for what is printed next."""
        if self.stdout.isatty():
            width = get_terminal_size().columns - 1
            self.stdout.write(f"\r{text[:width]:<{width}}\r", ending="")
            self.stdout.flush()
