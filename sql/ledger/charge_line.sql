-- One row per line posted to an account (строка начисления): a charge of its own month, or the difference a closed month turned out to need.
-- grain:    account_number, service_period, posting_period, meter_serial, zone, band, price_rub_per_kwh
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from replay.bounds)
-- law:      decision 2: posted at a closing = target from the facts known by its cutoff − what earlier closings posted for the same line;
--           a closed posting is never edited (decision 3)
-- money:    differences of rounded targets, never rounded again
create table if not exists ledger.charge_line (
    account_number bigint not null,
    posting_period date not null,          -- the month it is posted in
    service_period date not null,          -- the month it pays for
    kind line_kind not null,
    basis basis not null,
    meter_serial varchar not null,
    zone_plan zone_plan not null,
    zone zone not null,
    band band not null,
    kwh bigint not null,
    price_rub_per_kwh decimal(9, 4) not null,
    price_status value_status not null,    -- how sure the price is
    limit_status value_status not null,    -- how sure the norm or range behind the band is
    amount_kopecks bigint not null,
    tariff_source_id integer not null,
    limit_source_id integer not null,
    rules_version varchar not null
);

-- Reckoned for the first time and once: the target is what is posted. Reckoned again: what the line lacks or has too much.
with first_time as (
    select targets.*, case when targets.service_period = targets.closing then 'charge' else 'correction' end::line_kind as kind
    from rating.target_line as targets
    anti join rating.reckoned_again as again
        on again.account_number = targets.account_number and again.service_period = targets.service_period
),

posted as (
    select
        lines.account_number,
        lines.service_period,
        date '1900-01-01' as closing,
        lines.meter_serial,
        lines.zone_plan,
        lines.zone,
        lines.band,
        sum(lines.kwh)::bigint as kwh,
        lines.price_rub_per_kwh,
        max(lines.price_status) as price_status,
        max(lines.limit_status) as limit_status,
        sum(lines.amount_kopecks)::bigint as amount_kopecks,
        max(lines.tariff_source_id) as tariff_source_id,
        max(lines.limit_source_id) as limit_source_id
    from closed.charge_line as lines
    semi join rating.reckoned_again as again
        on again.account_number = lines.account_number and again.service_period = lines.service_period
    where lines.account_number between getvariable('first_account') and getvariable('last_account')
    group by
        lines.account_number, lines.service_period, lines.meter_serial, lines.zone_plan, lines.zone, lines.band,
        lines.price_rub_per_kwh
),

states as (
    select * from posted
    union all
    select targets.*
    from rating.target_line as targets
    semi join rating.reckoned_again as again
        on again.account_number = targets.account_number and again.service_period = targets.service_period
),

line_keys as (
    select
        account_number,
        service_period,
        meter_serial,
        zone_plan,
        zone,
        band,
        price_rub_per_kwh,
        max(price_status) as price_status,
        max(limit_status) as limit_status,
        max(tariff_source_id) as tariff_source_id,
        max(limit_source_id) as limit_source_id
    from states
    group by all
),

moments as (
    select evaluations.account_number, evaluations.service_period, evaluations.closing
    from rating.evaluation as evaluations
    semi join rating.reckoned_again as again
        on again.account_number = evaluations.account_number and again.service_period = evaluations.service_period
    union all
    select account_number, service_period, date '1900-01-01' as closing
    from rating.reckoned_again
),

compared as (
    select
        line_keys.*,
        moments.closing,
        states.amount_kopecks is not null as is_in_target,
        coalesce(states.kwh, 0) - lag(coalesce(states.kwh, 0), 1, 0) over line as kwh,
        coalesce(states.amount_kopecks, 0) - lag(coalesce(states.amount_kopecks, 0), 1, 0) over line as amount_kopecks
    from line_keys
    inner join moments
        on moments.account_number = line_keys.account_number and moments.service_period = line_keys.service_period
    left join states
        on states.account_number = line_keys.account_number
        and states.service_period = line_keys.service_period
        and states.meter_serial = line_keys.meter_serial
        and states.zone_plan = line_keys.zone_plan
        and states.zone = line_keys.zone
        and states.band = line_keys.band
        and states.price_rub_per_kwh = line_keys.price_rub_per_kwh
        and states.closing = moments.closing
    window line as (
        partition by
            line_keys.account_number, line_keys.service_period, line_keys.meter_serial, line_keys.zone_plan, line_keys.zone,
            line_keys.band, line_keys.price_rub_per_kwh
        order by moments.closing
    )
),

differences as (
    select
        *,
        case
            when service_period = closing then 'charge'
            when not is_in_target then 'storno'
            else 'correction'
        end::line_kind as kind
    from compared
    where closing > (select sealed_period from replay.bounds) and (kwh <> 0 or amount_kopecks <> 0)
)

select
    account_number,
    closing as posting_period,
    service_period,
    kind,
    'reading'::basis as basis,
    meter_serial,
    zone_plan,
    zone,
    band,
    kwh,
    price_rub_per_kwh,
    price_status,
    limit_status,
    amount_kopecks,
    tariff_source_id,
    limit_source_id,
    getvariable('rules_version') as rules_version
from (select * from first_time union all by name select * from differences)
order by account_number, posting_period
