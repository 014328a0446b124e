-- Rows of the view that a colleague's handheld gave along with parcels: shown until central tells them itself.
CREATE TABLE handed_row (
    kind        INTEGER NOT NULL,
    id          BLOB NOT NULL,
    body        BLOB NOT NULL,
    handed_ms   INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
