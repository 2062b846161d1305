-- One row: the closing of businesses that is open, the last one closed for good, and the last month that is over.
-- grain: run_id
-- kind:  table
-- law:   decision 2: closing M happens once the run knows an instant past 00:00 Moscow of the closing day of M + 1
with known as (
    select bounds.run_id, bounds.as_of, (select max(as_of) from replay.run) as sealed_as_of
    from replay.bounds as bounds
)

select
    known.run_id,
    known.as_of,
    date_trunc('month', known.as_of::date - (rules.closing_day - 1))::date as open_period,
    coalesce(
        (date_trunc('month', known.sealed_as_of::date - (rules.closing_day - 1)) - interval 1 month)::date, date '1900-01-01'
    ) as sealed_period,
    (date_trunc('month', known.as_of) - interval 1 month)::date as last_month
from known
inner join reference.business_rule as rules
    on rules.valid_from <= known.as_of::date and known.as_of::date < rules.valid_to
