-- People of the company, their sessions, and the record of what they did.

CREATE TABLE staff (
    staff_id    TEXT PRIMARY KEY,          -- UUID text
    login       TEXT NOT NULL UNIQUE,      -- lower case ASCII
    name        TEXT NOT NULL,
    name_fold   TEXT NOT NULL,             -- folded in code: order of the list, searching
    roles       TEXT NOT NULL,             -- "admin,dispatcher", in the order of the table in app/accounts
    state       TEXT NOT NULL CHECK (state IN ('invited', 'active', 'blocked')),
    password    TEXT,                      -- Argon2id, PHC string; NULL until the invitation is accepted
    totp_secret {bytes},                   -- in force; sealed with the server's key
    totp_new    {bytes},                   -- shown, not confirmed yet; sealed too
    totp_step   {int} NOT NULL DEFAULT 0,  -- the last step used: a code works once
    language    TEXT NOT NULL DEFAULT 'ru',
    version     {int} NOT NULL,            -- ETag
    created_us  {int} NOT NULL,
    seen_us     {int}
) {strict};
CREATE INDEX staff_name ON staff (name_fold, staff_id);

-- Codes on paper for a lost second factor; each works once.
CREATE TABLE staff_recovery (
    staff_id  TEXT NOT NULL REFERENCES staff (staff_id),
    code_hash {bytes} NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
) {strict};

-- One-time links: the first admin's set-up and invitations. Only hashes are kept.
CREATE TABLE staff_link (
    token_hash {bytes} PRIMARY KEY,
    staff_id   TEXT REFERENCES staff (staff_id),  -- NULL: the first admin, not made yet
    expires_us {int} NOT NULL,
    used_us    {int}                       -- also of a link that a newer one replaced
) {strict};
CREATE INDEX staff_link_staff ON staff_link (staff_id);

CREATE TABLE staff_session (
    token_hash {bytes} PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,       -- shown in the list of one's sessions
    staff_id   TEXT NOT NULL REFERENCES staff (staff_id),
    pending    {int} NOT NULL,             -- 1: the password was right, the code is still to come
    csrf       TEXT NOT NULL,
    created_us {int} NOT NULL,
    seen_us    {int} NOT NULL,
    expires_us {int} NOT NULL,             -- absolute; the sliding end follows from seen_us
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL
) {strict};
CREATE INDEX staff_session_staff ON staff_session (staff_id);

-- Tries that must survive a refusal: sign-in by account and by address, enrolment guesses by address.
CREATE TABLE rate_count (
    bucket    TEXT NOT NULL,               -- "sign-in:<login hash>", "enrol:<address>"
    window_us {int} NOT NULL,              -- start of the window
    tries     {int} NOT NULL,
    PRIMARY KEY (bucket, window_us)
) {strict};

CREATE TABLE audit (
    audit_id     {bytes} PRIMARY KEY,      -- UUIDv7: the cursor of the list
    at_us        {int} NOT NULL,
    who_kind     TEXT NOT NULL CHECK (who_kind IN ('staff', 'device', 'system', 'anonymous')),
    who_id       TEXT,
    action       TEXT NOT NULL,            -- "device.revoked"
    subject_kind TEXT,
    subject_id   TEXT,
    ok           {int} NOT NULL,           -- 0: tried and refused
    detail       TEXT NOT NULL,            -- JSON, no secrets
    address      TEXT
) {strict};
CREATE INDEX audit_subject ON audit (subject_id, audit_id);
CREATE INDEX audit_who ON audit (who_id, audit_id);

-- Which looks at a courier's position stand in his access book already: one row, one audit entry.
CREATE TABLE position_look (
    courier_id TEXT NOT NULL,
    staff_id   TEXT NOT NULL,
    what       TEXT NOT NULL,              -- live, track, events
    window_us  {int} NOT NULL,             -- start of the quarter of an hour
    PRIMARY KEY (courier_id, staff_id, what, window_us)
) {strict};

-- Answers of requests that carried an Idempotency-Key, for 24 h.
CREATE TABLE idempotency (
    staff_id     TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash {bytes} NOT NULL,         -- of method, path and body
    status       {int} NOT NULL,
    body         {bytes} NOT NULL,         -- sealed with the server's key: it may hold a one-time link
    made_us      {int} NOT NULL,
    PRIMARY KEY (staff_id, key)
) {strict};
CREATE INDEX idempotency_made ON idempotency (made_us);
