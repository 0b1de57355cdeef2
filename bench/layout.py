"""The same practices laid out for Datasette: one table, every facet of several values a JSON array.

That is how Datasette facets many-to-many data (`_facet_array`); what a table is sorted by is indexed.
"""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

COLUMNS = "id slug tytul streszczenie published_at sort_key rok_od rok_do kwota_zl odbiorcy_opis".split()
INDEXED = ("published_at", "sort_key", "rok_od", "kwota_zl")
LINKED = (
    "SELECT {value} FROM site.praktyki_praktyka_{link} x JOIN site.praktyki_{table} v ON v.id = x.{table}_id"
)
OF_UNIT = LINKED.format(value="{value}", link="jst", table="jst")
OWN = " WHERE x.praktyka_id = p.id"
ARRAYS = {  # the facets of the list, each as the values of one practice
    "instrument": LINKED.format(value="v.slug", link="instrumenty", table="instrument") + OWN,
    "temat": LINKED.format(value="v.slug", link="tematy", table="temat") + OWN,
    "wojewodztwo": OF_UNIT.format(value="w.slug")
    + " JOIN site.praktyki_wojewodztwo w ON w.id = v.wojewodztwo_id"
    + OWN
    + " UNION "
    + LINKED.format(value="v.slug", link="wojewodztwa", table="wojewodztwo")
    + OWN,
    "typ_jst": OF_UNIT.format(value="DISTINCT v.typ") + OWN + " AND v.typ <> ''",
    "odbiorcy": LINKED.format(value="v.slug", link="odbiorcy", table="odbiorca") + OWN,
    "jst": OF_UNIT.format(value="v.slug") + OWN,
    "tag": "SELECT v.slug FROM site.praktyki_praktykatag x JOIN site.praktyki_tag v ON v.id = x.tag_id "
    "WHERE x.content_object_id = p.id",
}


def lay_out(site: Path, target: Path) -> None:
    """Write the public practices of the site's database file `site` to `target`."""
    arrays = ", ".join(
        f"(SELECT json_group_array(slug) FROM (SELECT NULL AS slug WHERE 0 UNION ALL {values})) AS {name}"
        for name, values in ARRAYS.items()
    )
    with closing(connect(target)) as database, database:
        database.execute("ATTACH ? AS site", [str(site)])
        columns = ", ".join([*COLUMNS, *ARRAYS]).replace("id", "id INTEGER PRIMARY KEY", 1)
        database.execute(f"CREATE TABLE praktyki ({columns})")
        database.execute(
            f"INSERT INTO praktyki SELECT {', '.join(COLUMNS)}, {arrays} "
            "FROM site.praktyki_praktyka p WHERE status = 'published' ORDER BY id"
        )
        for column in INDEXED:
            database.execute(f"CREATE INDEX praktyki_{column} ON praktyki ({column})")
        database.execute("ANALYZE praktyki")
