"""What the database knows about its own tables, on which its choice of indexes rests."""

from django.db import connections

SAMPLED_ROWS = 1000  # of each index; reading whole indexes of a large SQLite file takes minutes


def renew(using: str = "default") -> None:
    """Let the database look at its tables anew: after bulk writes it would go by guesses, SQLite for ever."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={SAMPLED_ROWS}")
        cursor.execute("ANALYZE")
