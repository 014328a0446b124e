-- People of the company, their sessions, and the record of what they did.

CREATE TABLE staff (
    staff_id       TEXT PRIMARY KEY,       -- UUID text
    login          TEXT NOT NULL UNIQUE,   -- folded: lower case, trimmed
    name           TEXT NOT NULL,
    role           TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('invited', 'active', 'blocked')),
    password       TEXT,                   -- Argon2id, PHC string
    totp_secret    {bytes},                -- sealed with the server's key
    totp_confirmed {int} NOT NULL DEFAULT 0,
    totp_step      {int} NOT NULL DEFAULT 0, -- the last step used: a code works once
    language       TEXT NOT NULL DEFAULT 'ru',
    version        {int} NOT NULL,
    created_us     {int} NOT NULL
) {strict};

-- One-time links: the first admin's set-up and invitations. Only hashes are kept.
CREATE TABLE staff_link (
    token_hash {bytes} PRIMARY KEY,
    staff_id   TEXT REFERENCES staff (staff_id),  -- NULL: the first admin, not made yet
    expires_us {int} NOT NULL,
    used_us    {int}
) {strict};

CREATE TABLE staff_session (
    token_hash {bytes} PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,       -- shown in the list of one's sessions
    staff_id   TEXT NOT NULL REFERENCES staff (staff_id),
    csrf       TEXT NOT NULL,
    created_us {int} NOT NULL,
    seen_us    {int} NOT NULL,
    expires_us {int} NOT NULL,
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
    staff_id     TEXT,
    action       TEXT NOT NULL,            -- "device.revoked"
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    detail       TEXT NOT NULL,            -- JSON, no secrets
    address      TEXT NOT NULL
) {strict};
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, audit_id);

-- The courier's access book: who looked at his position or track, and when.
CREATE TABLE position_look (
    look_id    {bytes} PRIMARY KEY,        -- UUIDv7
    courier_id TEXT NOT NULL,
    staff_id   TEXT NOT NULL,
    what       TEXT NOT NULL,              -- live, track
    at_us      {int} NOT NULL
) {strict};
CREATE INDEX position_look_courier ON position_look (courier_id, look_id);

-- Answers of requests that carried an Idempotency-Key, for 24 h.
CREATE TABLE idempotency (
    staff_id     TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash {bytes} NOT NULL,
    status       {int} NOT NULL,
    body         {bytes} NOT NULL,
    made_us      {int} NOT NULL,
    PRIMARY KEY (staff_id, key)
) {strict};
