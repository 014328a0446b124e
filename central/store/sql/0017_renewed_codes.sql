-- Recipients' codes that were renewed, and halves of transfers that wait.

-- How often the recipient's code was made anew; each of them counts when an offline handheld gives it.
ALTER TABLE customer_order ADD COLUMN code_counter {int} NOT NULL DEFAULT 0;

CREATE INDEX parcel_event_half ON parcel_event (received_us) WHERE effect = 'half';
