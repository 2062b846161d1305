-- One row per account, meter and spell of knowledge: the meter as known at the instants [known_from, known_to).
-- grain: account_number, meter_serial, known_from
-- kind:  step
with latest as (
    select *
    from intake.meter_fact
    where account_number between getvariable('first_account') and getvariable('last_account')
    qualify row_number() over (
        partition by account_number, meter_serial, known_at order by source_file_id desc, source_line desc
    ) = 1
)

select
    latest.account_number,
    meter_serial,
    latest.known_at as known_from,
    lead(latest.known_at, 1, timestamptz '9999-12-31 00:00:00+00') over meter as known_to,
    -- In force at the closings [from_closing, to_closing); a statement replaced within its month is in force at none.
    latest.known_period as from_closing,
    lead(latest.known_period, 1, date '9999-12-31') over meter as to_closing,
    -- The month up to which the opening registers count: standing on the 1st, a meter counts from that month.
    date_trunc(
        'month', greatest(installed_on, accounts.known_period, date '2014-01-01') - interval 1 day
    )::date as opening_period,
    zone_plan,
    case zone_plan when 'one_rate' then 1 when 'two_zone' then 2 else 3 end as zones,
    whole_digits,
    ('1' || repeat('0', whole_digits))::bigint as dial_size,   -- where the register returns to zero
    fraction_digits,
    transformer_ratio,
    greatest(installed_on, date '2014-01-01') as counted_from,
    installed_on,
    removed_on,
    verified_until,
    opening_t1,
    opening_t2,
    opening_t3,
    dense_rank() over (order by latest.account_number, meter_serial) as meter_number,
    source_file_id,
    source_line
from latest
left join known.account as accounts on accounts.account_number = latest.account_number
window meter as (partition by latest.account_number, meter_serial order by latest.known_at)
