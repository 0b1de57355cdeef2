"""The project package: settings and the roof above, `lib` the foundation below."""

from platforma.lib.sqlite import use_safe_sqlite

use_safe_sqlite()
