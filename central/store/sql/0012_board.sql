-- The dispatcher's mark on a stop of a list: moves of many orders at once leave it where it is.
ALTER TABLE assignment ADD COLUMN fixed {int} NOT NULL DEFAULT 0;
