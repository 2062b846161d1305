-- One row per evaluation of a flat: its share of the needs of its house, kWh (ОДН, КР на СОИ).
-- grain: account_number, service_period, closing
-- kind:  step
-- law:   ПП РФ 354 formulas 12, 15: in proportion to the area of the flat; rounded to whole kWh, half up
-- Where the house is not reckoned at the closing, the share stays what it was.
with reckoned as (
    select
        flats.account_number,
        flats.service_period,
        flats.closing,
        needs.basis,
        needs.use_status,
        case
            when flats.is_open
                then (
                    2 * needs.need_e5 * (flats.area_m2 * 100)::bigint + (needs.premises_m2 * 10000000)::hugeint
                ) // (2 * (needs.premises_m2 * 10000000)::hugeint)
        end::bigint as kwh
    from rating.flat_month as flats
    left join rating.house_need as needs
        on needs.house_id = flats.house_id
        and needs.service_period = flats.service_period
        and needs.closing = flats.closing
),

-- Of closed months the journal tells the share: what was posted of it, less what was taken back.
posted as (
    select
        lines.account_number,
        lines.service_period,
        date '1900-01-01' as closing,
        lines.basis,
        case when lines.basis = 'house_need_normative' then max(normatives.status) end as use_status,
        sum(lines.kwh)::bigint as kwh
    from closed.charge_line as lines
    inner join reference.house_need_normative as normatives
        on normatives.valid_from <= lines.service_period and lines.service_period < normatives.valid_to
    where
        lines.basis in ('house_need', 'house_need_average', 'house_need_normative')
        and lines.account_number between getvariable('first_account') and getvariable('last_account')
    group by lines.account_number, lines.service_period, lines.basis
    having sum(lines.kwh) > 0
),

shares as (
    select * from reckoned
    union all by name
    select * from posted
),

evaluated as (
    select evaluations.*
    from rating.evaluation as evaluations
    semi join known.flat as flats on flats.account_number = evaluations.account_number
)

select
    evaluated.account_number,
    evaluated.service_period,
    evaluated.closing,
    shares.closing as reckoned_at,
    shares.basis,
    shares.use_status,
    shares.kwh
from evaluated
asof inner join shares
    on shares.account_number = evaluated.account_number
    and shares.service_period = evaluated.service_period
    and shares.closing <= evaluated.closing
where shares.kwh > 0
