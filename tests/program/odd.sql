-- A schema with what a name can be and a table can say.
CREATE TABLE "order" (
    "order" INTEGER PRIMARY KEY AUTOINCREMENT,
    "the name" TEXT NOT NULL COLLATE NOCASE UNIQUE,
    "2nd" TEXT DEFAULT 'it''s "so"',
    class INTEGER NOT NULL DEFAULT 3,
    weight REAL NOT NULL DEFAULT 1.5,
    picture BLOB,
    parent INTEGER REFERENCES "order",
    mapping TEXT,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    label TEXT AS ("2nd" || ' ' || mapping) VIRTUAL,
    CONSTRAINT sensible CHECK (class BETWEEN 1 AND 10 OR weight > 100),
    CHECK ("the name" <> '' AND length("2nd") < 20 AND mapping IN ('a', 'b'))
) STRICT;
CREATE INDEX by_class ON "order" (class, "2nd") WHERE class > 2;
CREATE UNIQUE INDEX by_lower ON "order" (lower("2nd"), weight DESC);
CREATE TABLE order_line (
    order_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    price REAL NOT NULL,
    count INTEGER NOT NULL,
    total REAL GENERATED ALWAYS AS (price * count) STORED,
    twice INTEGER AS (count + count) VIRTUAL,
    half REAL AS (count / 2.0) VIRTUAL,
    PRIMARY KEY (order_id, line),
    FOREIGN KEY (order_id) REFERENCES "order" ("order") ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE discount (
    id INTEGER PRIMARY KEY,
    order_id INTEGER,
    line INTEGER,
    FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, line) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_discount_order_id_line ON discount (order_id, line);
CREATE TABLE without_key (a INT, b VARCHAR(20) NOT NULL);
CREATE TABLE egg (id INTEGER PRIMARY KEY, hen_id INTEGER NOT NULL REFERENCES hen (id)) STRICT;
CREATE TABLE hen (id INTEGER PRIMARY KEY, egg_id INTEGER REFERENCES egg (id) ON DELETE SET NULL) STRICT;
