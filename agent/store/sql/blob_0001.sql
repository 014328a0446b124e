-- Photos, signatures and texts on their way to central, whole; chunks are cut out of them when they are sent.

CREATE TABLE lane (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    epoch       BLOB NOT NULL,
    last        INTEGER NOT NULL,  -- newest number given
    handed      INTEGER NOT NULL   -- highest number ever handed over: central can know none above it
) STRICT;

CREATE TABLE blob (
    sha256      BLOB PRIMARY KEY,  -- of content
    content     BLOB NOT NULL      -- 16 bytes of salt, then what was given
) STRICT;

CREATE TABLE chunk (
    seq         INTEGER PRIMARY KEY,
    sha256      BLOB NOT NULL REFERENCES blob (sha256) ON DELETE CASCADE,
    at_offset   INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    acked       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX chunk_blob ON chunk (sha256);
CREATE INDEX chunk_unacked ON chunk (seq) WHERE acked = 0;
