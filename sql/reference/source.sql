-- One row per decree or page that a posted line may rest on; an id once given stays.
-- grain:    source_id
-- kind:     journal
-- rewrites: false
create table if not exists reference.source (
    source_id integer not null,
    source varchar not null
);

with known as (
    select coalesce(max(source_id), 0) as last_id from reference.source
),

named as (
    select source from reference.tariff_rate
    union
    select source from reference.social_norm
    union
    select source from reference.consumption_range
)

select (select last_id from known) + row_number() over (order by named.source) as source_id, named.source
from named
anti join reference.source as registered on registered.source = named.source
order by named.source
