-- One row per line posted to an account (строка начисления): a charge of its own month, or the difference a closed month turned out to need.
-- grain:    account_number, service_period, posting_period, meter_serial, zone, band, price_rub_per_kwh, basis
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
    limit_status value_status not null,    -- how sure the norm or range behind the band is, and the normative behind the energy
    amount_kopecks bigint not null,
    tariff_source_id integer not null,
    limit_source_id integer not null,
    rules_version varchar not null
);

-- Reckoned once: the target is what is posted. Reckoned again: each evaluation posts its target and takes back the one before.
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
        lines.basis,
        lines.meter_serial,
        lines.zone_plan,
        lines.zone,
        lines.band,
        lines.kwh,
        lines.price_rub_per_kwh,
        lines.price_status,
        lines.limit_status,
        lines.amount_kopecks,
        lines.tariff_source_id,
        lines.limit_source_id
    from closed.charge_line as lines
    where lines.account_number between getvariable('first_account') and getvariable('last_account')
),

states as (
    select states.*, again.next_closing
    from (select * from rating.target_line union all by name select * from posted) as states
    inner join rating.reckoned_again as again
        on again.account_number = states.account_number
        and again.service_period = states.service_period
        and again.closing = states.closing
),

moved as (
    select * exclude (next_closing), true as is_in_target from states where closing > date '1900-01-01'
    union all by name
    select
        * exclude (next_closing) replace (next_closing as closing, -kwh as kwh, -amount_kopecks as amount_kopecks),
        false as is_in_target
    from states
    where next_closing is not null
),

differences as (
    select
        account_number,
        service_period,
        closing,
        case
            when service_period = closing then 'charge'
            when bool_or(is_in_target) then 'correction'
            else 'storno'
        end::line_kind as kind,
        basis,
        meter_serial,
        zone_plan,
        zone,
        band,
        sum(kwh)::bigint as kwh,
        price_rub_per_kwh,
        max(price_status) as price_status,
        max(limit_status) as limit_status,
        sum(amount_kopecks)::bigint as amount_kopecks,
        max(tariff_source_id) as tariff_source_id,
        max(limit_source_id) as limit_source_id
    from moved
    group by account_number, service_period, closing, basis, meter_serial, zone_plan, zone, band, price_rub_per_kwh
    having sum(kwh) <> 0 or sum(amount_kopecks) <> 0
)

select
    account_number,
    closing as posting_period,
    service_period,
    kind,
    basis,
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
