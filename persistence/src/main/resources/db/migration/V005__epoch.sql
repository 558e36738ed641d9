-- One run of one node. It beats; all that it committed from its watermark on may be unaccounted for.
CREATE TABLE epoch (
    id           integer GENERATED ALWAYS AS IDENTITY (MAXVALUE 4194303) PRIMARY KEY,
    node         text        NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT now(),
    beat_at      timestamptz NOT NULL DEFAULT now(),
    watermark_at timestamptz NOT NULL DEFAULT now(),
    recovered_at timestamptz                             -- its events are all accounted for: nothing is left to do
);
CREATE INDEX epoch_open ON epoch (beat_at) WHERE recovered_at IS NULL;

-- Apart from the beat, because every group locks this row: open, it may commit; closed, never again.
CREATE TABLE epoch_fence (
    id        integer PRIMARY KEY REFERENCES epoch,
    closed_at timestamptz
);
