-- Access of shops and partners to the API, and their own order numbers.

CREATE TABLE api_token (
    token_id   TEXT PRIMARY KEY,           -- UUID text
    token_hash {bytes} NOT NULL UNIQUE,    -- SHA-256 of the text as presented; the text itself is nowhere
    shown      TEXT NOT NULL,              -- its first characters, to tell one from another
    name       TEXT NOT NULL,
    sender     TEXT NOT NULL,              -- whose orders it makes and sees
    scopes     TEXT NOT NULL,              -- "orders:read,orders:write"
    expires_us {int},
    used_us    {int},                      -- the day of its last use
    revoked_us {int},
    staff_id   TEXT NOT NULL,              -- who made it
    created_us {int} NOT NULL
) {strict};
CREATE INDEX api_token_created ON api_token (created_us);

-- A sender's own numbers that came by the API: each stands for one order, whatever is sent again.
CREATE TABLE outer_ref (
    sender       TEXT NOT NULL,
    ref          TEXT NOT NULL,
    order_id     TEXT NOT NULL,            -- '' until it is made, within the same transaction
    request_hash {bytes} NOT NULL,         -- of what was asked for
    PRIMARY KEY (sender, ref)
) {strict};
CREATE INDEX customer_order_sender ON customer_order (sender, created_us, order_id);

-- Tokens act too; which kinds there are is told by app/audit alone.
CREATE TABLE audit_new (
    audit_id     {bytes} PRIMARY KEY,      -- UUIDv7: the cursor of the list
    at_us        {int} NOT NULL,
    who_kind     TEXT NOT NULL,            -- audit::ActorKind
    who_id       TEXT,
    action       TEXT NOT NULL,            -- "device.revoked"
    subject_kind TEXT,
    subject_id   TEXT,
    ok           {int} NOT NULL,           -- 0: tried and refused
    detail       TEXT NOT NULL,            -- JSON, no secrets
    address      TEXT
) {strict};
INSERT INTO audit_new (audit_id, at_us, who_kind, who_id, action, subject_kind, subject_id, ok, detail, address)
    SELECT audit_id, at_us, who_kind, who_id, action, subject_kind, subject_id, ok, detail, address FROM audit;
DROP TABLE audit;
ALTER TABLE audit_new RENAME TO audit;
CREATE INDEX audit_subject ON audit (subject_id, audit_id);
CREATE INDEX audit_who ON audit (who_id, audit_id);
