-- One row per month that may close: since which closing its reference data stands as it does (epoch; 1900: from the beginning).
-- grain: closing
-- kind:  step
-- law:   decision 2: a closing reckons by what is known by its cutoff, decrees included
with epochs as (
    select date '1900-01-01' as epoch
    union
    select unnest([known_from, known_to]) from reference.tariff_rate
    union
    select unnest([known_from, known_to]) from reference.social_norm
    union
    select unnest([known_from, known_to]) from reference.consumption_range
    union
    select unnest([known_from, known_to]) from reference.normative
)

select months.period as closing, max(epochs.epoch) as epoch
from rating.month as months
inner join epochs on epochs.epoch <= months.period
group by months.period
