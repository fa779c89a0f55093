"""Search in the words of the reports: any part of a word of three letters or more, whatever clitics and hamza it is written with.

The text is folded as the reader folds it and indexed by trigrams: SQLite FTS5 `trigram`, PostgreSQL `pg_trgm`. (FTS5's own
`unicode61` neither strips vowel marks nor folds hamza, and no stemmer of either knows that وبالموصل is الموصل.)
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from marsad.errors import UsageError
from marsad.store.bodies import chunks
from marsad.text.fold import fold_text

SHORTEST = 3


def create(conn: Connection) -> None:
    """Make the index, and fill it with the reports already held."""
    if conn.dialect.name == "sqlite":
        conn.execute(
            text("CREATE VIRTUAL TABLE words USING fts5(report UNINDEXED, folded, tokenize = 'trigram', columnsize = 0)")
        )
    else:
        conn.execute(text("CREATE TABLE words (report VARCHAR(64) PRIMARY KEY REFERENCES reports (id), folded TEXT NOT NULL)"))
        if conn.scalar(text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")):
            conn.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            conn.execute(text("CREATE INDEX words_by_trigram ON words USING gin (folded gin_trgm_ops)"))
    rows = conn.execute(text("SELECT id, title, text FROM reports WHERE text <> ''")).all()
    for part in chunks(rows):
        put(conn, [(r.id, f"{r.title}\n{r.text}") for r in part])


def put(conn: Connection, written: Iterable[tuple[str, str]]) -> None:
    """Index new reports: (id, title and text)."""
    rows = [(key, " ".join(fold_text(words).split()).replace("\x00", "")) for key, words in written]
    if not rows:
        return
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("INSERT INTO words (report, folded) VALUES (?, ?)", rows)
        return
    keys, folded = ([row[n] for row in rows] for n in (0, 1))
    # two writers may bring one text at once; in SQLite only one writes at a time
    command = "INSERT INTO words (report, folded) SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING"
    conn.exec_driver_sql(command, (keys, folded))


def forget(conn: Connection, report: str) -> None:
    """Take a report's words out. In SQLite the parts of the index are merged at once, so that none of its letters stay in them."""
    conn.execute(text("DELETE FROM words WHERE report = :report"), {"report": report})
    if conn.dialect.name == "sqlite":
        conn.execute(text("INSERT INTO words (words) VALUES ('optimize')"))


def find(conn: Connection, query: str, limit: int) -> list[str]:
    """Ids of reports that hold every word of `query` (a phrase in quotation marks is one), at most `limit`, newest recorded last.

    Raises UsageError for a query without a word of three letters.
    """
    wanted = _words(query)
    if conn.dialect.name == "sqlite":
        match = " AND ".join('"' + w.replace('"', '""') + '"' for w in wanted)
        found = conn.execute(text("SELECT report FROM words WHERE words MATCH :match LIMIT :n"), {"match": match, "n": limit})
        return [row.report for row in found]
    likes = " AND ".join(f"folded LIKE :w{n}" for n in range(len(wanted)))
    values = {f"w{n}": f"%{_escaped(w)}%" for n, w in enumerate(wanted)}
    found = conn.execute(text(f"SELECT report FROM words WHERE {likes} LIMIT :n"), {**values, "n": limit})
    return [row.report for row in found]


def _words(query: str) -> Sequence[str]:
    folded = " ".join(fold_text(query).split())
    pieces = folded.split('"')
    wanted = [p.strip() for n, p in enumerate(pieces) if n % 2 for p in [p] if p.strip()]
    wanted += [w for n, p in enumerate(pieces) if n % 2 == 0 for w in p.split()]
    long_enough = [w for w in wanted if len(w) >= SHORTEST]
    if not long_enough:
        raise UsageError(
            f"no word of {SHORTEST} letters to search for", where=query, mend="Search for a longer part of a word."
        )
    return long_enough


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
