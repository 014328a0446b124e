-- What is to happen outside, written in the transaction that causes it and sent by central/outbox; and where senders
-- are told of their orders.

CREATE TABLE webhook (
    webhook_id TEXT PRIMARY KEY,           -- UUID text
    sender     TEXT NOT NULL,              -- whose orders it tells of
    url        TEXT NOT NULL,
    secret     {bytes} NOT NULL,           -- signs what is sent; sealed with the server's key
    state      TEXT NOT NULL CHECK (state IN ('on', 'off')),
    off_reason TEXT,                       -- why central has switched it off
    version    {int} NOT NULL,             -- ETag
    created_us {int} NOT NULL
) {strict};
CREATE INDEX webhook_sender ON webhook (sender);

CREATE TABLE outbox (
    effect_id   {bytes} PRIMARY KEY,       -- UUIDv5(event, destination, kind, part)
    destination TEXT NOT NULL,             -- who can send it: webhook
    target      TEXT NOT NULL,             -- to whom; each has a circuit breaker
    key         TEXT NOT NULL,             -- those of one key go one after another
    number      {int} NOT NULL,            -- of the key's, ascending
    kind        TEXT NOT NULL,             -- order.status
    subject     TEXT NOT NULL,             -- for people: the order's number
    body        {bytes} NOT NULL,          -- the very bytes of every try
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    attempts    {int} NOT NULL,
    made_us     {int} NOT NULL,
    due_us      {int} NOT NULL,
    give_up_us  {int} NOT NULL,            -- a try that fails after this is the last one
    lease_us    {int} NOT NULL,            -- somebody is at it until then
    lease_id    {bytes},
    tried_us    {int},
    reason      TEXT                       -- of the last failure
) {strict};
CREATE INDEX outbox_due ON outbox (state, due_us);
CREATE INDEX outbox_key ON outbox (key, number);
CREATE INDEX outbox_of_target ON outbox (target, state);

-- How it goes with each target.
CREATE TABLE outbox_target (
    target        TEXT PRIMARY KEY,
    failures      {int} NOT NULL,          -- in a row
    open_until_us {int} NOT NULL,          -- the circuit is open: nothing is sent before
    ok_us         {int},
    failed_us     {int},
    problem       TEXT                     -- of the last failure
) {strict};
