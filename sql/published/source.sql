-- One row per decree or page that a posted line rests on.
select * from reference.source
