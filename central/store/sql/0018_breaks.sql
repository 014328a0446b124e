-- A break within a shift, by the fact that began it; derived from event_log as shift is (0003_field.sql).
CREATE TABLE shift_break (
    event_id    {bytes} PRIMARY KEY,
    shift_id    TEXT NOT NULL,
    started_us  {int} NOT NULL,
    ended_us    {int}
) {strict};
CREATE INDEX shift_break_shift ON shift_break (shift_id, started_us);

-- The time that a recipient asked for at a failed attempt.
CREATE TABLE slot_wish (
    event_id {bytes} PRIMARY KEY,          -- of the attempt
    order_id TEXT NOT NULL REFERENCES customer_order (order_id),
    at_us    {int} NOT NULL,               -- when it was said, as far as we can tell
    from_us  {int} NOT NULL,
    to_us    {int} NOT NULL,
    undone   {int} NOT NULL DEFAULT 0
) {strict};
CREATE INDEX slot_wish_order ON slot_wish (order_id, at_us);

-- Whose word an order's time is, once it is another one than at its making.
CREATE TABLE slot_word (
    order_id       TEXT PRIMARY KEY REFERENCES customer_order (order_id),
    office_us      {int} NOT NULL,         -- when the office last set it; 0: never since
    wish           {bytes},                -- the wish that the order has; null: the office's word holds
    office_from_us {int},                  -- what returns when that wish is taken back
    office_to_us   {int}
) {strict};
