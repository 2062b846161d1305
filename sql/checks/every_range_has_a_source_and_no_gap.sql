-- The consumption ranges of a kind of dwelling begin at zero, touch each other, end open, and name their source.
-- asset:    reference.consumption_range
-- severity: error
with epochs as (
    select distinct unnest([known_from, known_to]) as epoch from reference.consumption_range
),

known as (
    select epochs.epoch, ranges.*
    from epochs
    inner join reference.consumption_range as ranges on ranges.known_from <= epochs.epoch and epochs.epoch < ranges.known_to
),

ordered as (
    select
        *,
        lag(to_kwh) over ranges as previous_to_kwh,
        row_number() over ranges as place,
        count(*) over (partition by epoch, category, heating, season, valid_from) as places
    from known
    window ranges as (partition by epoch, category, heating, season, valid_from order by from_kwh)
)

select *
from ordered
where
    coalesce(trim(source), '') = ''
    or status is null
    or (place = 1 and from_kwh <> 0)
    or (place > 1 and from_kwh is distinct from previous_to_kwh)
    or (place = places) <> (to_kwh is null)
