-- One row per run and stage of its night, with its beginning and end by the clock.
select * from replay.stage
