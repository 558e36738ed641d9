-- Where an order to send events again began, so that it can be told how far it has come, and one filter more.
-- Orders of before have neither: how far they are is not known, and they are soon over.
ALTER TABLE redelivery_job ADD COLUMN from_id uuid;
ALTER TABLE redelivery_job ADD COLUMN id_text text;
