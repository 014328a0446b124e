-- What dispatchers and couriers write to each other. The texts are personal: they stand here and in no log, so that they
-- can be erased; the log has the courier's facts with the hash of the text.
CREATE TABLE chat_message (
    message_id  TEXT PRIMARY KEY,          -- UUID text; of a courier's message his fact's event id
    courier_id  TEXT NOT NULL REFERENCES courier (courier_id),
    number      {int} NOT NULL,            -- as central took them, from 1 per courier
    from_kind   TEXT NOT NULL CHECK (from_kind IN ('staff', 'courier')),
    staff_id    TEXT,
    order_id    TEXT,
    text        TEXT,
    text_state  TEXT NOT NULL CHECK (text_state IN ('coming', 'here', 'lost')),
    blob        {bytes},                   -- SHA-256 by which the courier's fact names the text
    at_us       {int} NOT NULL,            -- when it was written, as near as the clocks tell
    received_us {int} NOT NULL,
    reached_us  {int},                     -- the handheld said that it has it
    read_us     {int}                      -- by the other side
) {strict};
CREATE UNIQUE INDEX chat_message_number ON chat_message (courier_id, number);
CREATE INDEX chat_message_at ON chat_message (courier_id, at_us, number);
CREATE INDEX chat_message_blob ON chat_message (blob);
CREATE INDEX chat_message_unread ON chat_message (courier_id, from_kind) WHERE read_us IS NULL;
