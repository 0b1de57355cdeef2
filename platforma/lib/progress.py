"""Where the work of a command is, shown in one line of a terminal."""

WIDTH = 100  # characters


class ShowsProgress:
    """Mixin of a command; where its output is no terminal it shows nothing."""

    def show(self, text: str) -> None:
        """Show `text` in place of what was shown before; "" clears the line for what is printed next."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{text[:WIDTH]:<{WIDTH}}\r", ending="")
            self.stdout.flush()
