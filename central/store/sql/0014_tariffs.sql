-- Where we deliver, when, and for how much; and what an order's delivery costs, line by line.

CREATE TABLE zone (
    zone_id    TEXT PRIMARY KEY,          -- UUID text
    name       TEXT NOT NULL,
    name_fold  TEXT NOT NULL UNIQUE,      -- folded in code: an import finds a zone by it
    colour     TEXT NOT NULL,             -- #rrggbb
    priority   {int} NOT NULL,            -- the higher one wins where zones overlap
    depot_id   TEXT REFERENCES site (site_id),
    state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    shape      {bytes} NOT NULL,          -- polygons: counts and 1e-7 degrees, see zone_store.cpp
    south_e7   {int} NOT NULL,            -- the box around it
    west_e7    {int} NOT NULL,
    north_e7   {int} NOT NULL,
    east_e7    {int} NOT NULL,
    version    {int} NOT NULL,            -- ETag
    created_us {int} NOT NULL
) {strict};

-- A window that repeats by weekday, in the time zone of the depot that serves the zone.
CREATE TABLE slot_rule (
    slot_id     TEXT PRIMARY KEY,         -- UUID text
    zone_id     TEXT REFERENCES zone (zone_id),  -- none: everywhere, and its capacity is of all zones together
    weekdays    {int} NOT NULL,           -- bit 0: Monday
    from_minute {int} NOT NULL,           -- of the local day
    to_minute   {int} NOT NULL,
    capacity    {int} NOT NULL,           -- orders a day
    cut_off     {int} NOT NULL,           -- minutes before it begins when it is offered no more
    state       TEXT NOT NULL CHECK (state IN ('open', 'archived')),
    version     {int} NOT NULL,           -- ETag
    created_us  {int} NOT NULL
) {strict};

-- A date without slots, or with those of another weekday.
CREATE TABLE holiday (
    holiday_id TEXT PRIMARY KEY,          -- UUID text
    day        TEXT NOT NULL,             -- 2027-01-01
    zone_id    TEXT REFERENCES zone (zone_id),  -- none: everywhere
    name       TEXT NOT NULL,
    as_weekday {int}                      -- 0 Monday … 6; none: no slots
) {strict};
CREATE INDEX holiday_day ON holiday (day);

-- A version of the prices: never changed, only followed by another one, or archived.
CREATE TABLE tariff (
    tariff_id     TEXT PRIMARY KEY,       -- UUID text
    name          TEXT NOT NULL,
    currency      TEXT NOT NULL,
    valid_from_us {int} NOT NULL,
    base          {int} NOT NULL,         -- money: minor units; of zones that have no own base
    outside       {int},                  -- of places in no zone; none: no price for them
    extra_kg      {int} NOT NULL,         -- for each begun kilogram above the last weight step
    short_minutes {int} NOT NULL,         -- a slot no longer than this costs short_fee more
    short_fee     {int} NOT NULL,
    late_minute   {int} NOT NULL,         -- a slot that begins at or after this minute of the day costs late_fee more
    late_fee      {int} NOT NULL,
    cash_bp       {int} NOT NULL,         -- of what is taken at the door, in 1/100 percent
    cash_least    {int} NOT NULL,
    minimum       {int} NOT NULL,
    free_from     {int},                  -- delivery is free when so much is taken at the door; none: never
    proof         TEXT NOT NULL,          -- "code,signature"
    state         TEXT NOT NULL CHECK (state IN ('open', 'archived')),
    version       {int} NOT NULL,         -- ETag
    created_us    {int} NOT NULL
) {strict};
CREATE INDEX tariff_valid ON tariff (currency, valid_from_us);

CREATE TABLE tariff_part (
    tariff_id TEXT NOT NULL REFERENCES tariff (tariff_id),
    kind      TEXT NOT NULL CHECK (kind IN ('zone', 'weight', 'size')),
    what      TEXT NOT NULL,              -- zone id, size class; of a weight step empty
    up_to_g   {int} NOT NULL,             -- of a weight step, else 0
    amount    {int} NOT NULL,
    PRIMARY KEY (tariff_id, kind, what, up_to_g)
) {strict};

-- What an order was found to be: its zone, its slot, its price.
CREATE TABLE order_price (
    order_id  TEXT PRIMARY KEY REFERENCES customer_order (order_id),
    zone_id   TEXT REFERENCES zone (zone_id),
    outside   {int} NOT NULL,             -- 1: its place is in no zone
    size      TEXT,
    slot_id   TEXT REFERENCES slot_rule (slot_id),
    slot_from_us {int},                   -- whose capacity it takes
    tariff_id TEXT REFERENCES tariff (tariff_id),
    currency  TEXT,
    total     {int}                       -- none: there was no price
) {strict};
CREATE INDEX order_price_slot ON order_price (slot_id, slot_from_us);

CREATE TABLE order_price_line (
    order_id TEXT NOT NULL REFERENCES order_price (order_id),
    place    {int} NOT NULL,
    kind     TEXT NOT NULL,               -- base, weight, size, short_slot, late_slot, minimum, free, cash
    what     TEXT NOT NULL,               -- name of the zone, size class
    measure  {int} NOT NULL,              -- what was counted: grams, minutes, minor units
    bound    {int} NOT NULL,              -- by which rule: up to so many grams, minutes, 1/100 percent
    amount   {int} NOT NULL,
    PRIMARY KEY (order_id, place)
) {strict};
