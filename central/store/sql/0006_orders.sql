-- What is to be delivered, and the plan of who does it. Where parcels are: 0007_custody.sql.

-- Depots and pickup points.
CREATE TABLE site (
    site_id      TEXT PRIMARY KEY,         -- UUID text
    kind         TEXT NOT NULL CHECK (kind IN ('depot', 'point')),
    name         TEXT NOT NULL,
    name_fold    TEXT NOT NULL,            -- folded in code: order of the list
    address      TEXT NOT NULL,
    lat_e7       {int},
    lon_e7       {int},
    hours        TEXT,                     -- as people read them
    storage_days {int} NOT NULL,
    time_zone    TEXT NOT NULL,            -- IANA
    state        TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    version      {int} NOT NULL,           -- ETag
    created_us   {int} NOT NULL
) {strict};

-- The last number given to an order.
CREATE TABLE order_number (
    one  {int} PRIMARY KEY CHECK (one = 1),
    last {int} NOT NULL
) {strict};
INSERT INTO order_number (one, last) VALUES (1, 10000);

CREATE TABLE customer_order (
    order_id       TEXT PRIMARY KEY,       -- UUID text
    number         TEXT NOT NULL UNIQUE,   -- what people call out: A-10234
    outer_ref      TEXT,                   -- the sender's own number
    sender         TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    recipient_fold TEXT NOT NULL,          -- folded in code, for searching
    phone          TEXT,                   -- E.164
    address        TEXT NOT NULL,
    entrance       TEXT,
    floor          TEXT,
    intercom       TEXT,
    comment        TEXT,
    lat_e7         {int},
    lon_e7         {int},
    slot_from_us   {int},
    slot_to_us     {int},
    due_minor      {int},                  -- to take at the door
    due_currency   TEXT,
    proof          TEXT NOT NULL,          -- "code,signature"
    secret         {bytes} NOT NULL,       -- of the recipient's code
    code_salt      {bytes} NOT NULL,       -- what handhelds check the code against
    code_hash      {bytes} NOT NULL,
    version        {int} NOT NULL,         -- ETag
    created_us     {int} NOT NULL
) {strict};
CREATE INDEX customer_order_created ON customer_order (created_us, order_id);
CREATE INDEX customer_order_ref ON customer_order (outer_ref);

CREATE TABLE parcel (
    parcel_id TEXT PRIMARY KEY,            -- UUID text
    order_id  TEXT NOT NULL REFERENCES customer_order (order_id),
    number    {int} NOT NULL,              -- of the order's parcels, from 1
    what      TEXT,
    weight_g  {int},
    UNIQUE (order_id, number)
) {strict};

-- Barcodes: ours first, then the sender's. Two senders may use the same one.
CREATE TABLE parcel_code (
    parcel_id TEXT NOT NULL REFERENCES parcel (parcel_id),
    place     {int} NOT NULL,              -- 0: ours
    code      TEXT NOT NULL,
    PRIMARY KEY (parcel_id, place)
) {strict};
CREATE INDEX parcel_code_code ON parcel_code (code);

-- The plan: who is to deliver what, in which order of his list.
CREATE TABLE assignment (
    order_id   TEXT PRIMARY KEY REFERENCES customer_order (order_id),
    courier_id TEXT NOT NULL REFERENCES courier (courier_id),
    place      {int} NOT NULL,             -- in his list, ascending
    planned_us {int} NOT NULL
) {strict};
CREATE INDEX assignment_courier ON assignment (courier_id, place);

-- Which handhelds know of an order.
CREATE INDEX view_row_what ON view_row (kind, row_id);

-- A blocked courier's facts count until his handheld could know; that is from this version of its view on (K8, K9).
CREATE TABLE courier_block (
    courier_id   TEXT NOT NULL REFERENCES courier (courier_id),
    device_id    TEXT NOT NULL REFERENCES device (device_id),
    view_version {int} NOT NULL,
    PRIMARY KEY (courier_id, device_id)
) {strict};
