-- One row per contract, point, service period and closing that reckoned it: energy charged, how it was found, hours against register.
-- grain:    contract_number, point_code, service_period, closing
-- kind:     journal
-- rewrites: closing > (select sealed_period from business.bounds)
-- law:      the sum of hours is checked against the difference of the registers × transformer ratio; nothing is charged by the check
-- What holds now is the row with the newest closing.
create table if not exists business.volume (
    contract_number varchar not null,
    point_code varchar not null,
    service_period date not null,
    closing date not null,
    price_category tinyint not null,
    kwh bigint not null,                   -- charged, acts included
    act_kwh bigint not null,               -- of it: by acts
    basis volume_basis,                    -- null: nothing is known, nothing is charged
    hours_expected bigint not null,
    hours_measured bigint not null,        -- the others are filled by the ladder, see business.missing_hours
    hours_kwh bigint,                      -- null: no hours
    register_kwh bigint,                   -- null: the registers do not cover the month
    difference_kwh bigint                  -- hours less register
);

with charged as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        sum(kwh)::bigint as kwh,
        coalesce(sum(kwh) filter (where basis = 'act'), 0)::bigint as act_kwh,
        min(basis) as basis
    from business_step.volume
    group by contract_number, point_code, service_period, closing
),

registers as (
    select contract_number, point_code, service_period, closing, sum(kwh)::bigint as kwh
    from business_step.register_month
    where months_back = 0 and is_covered
    group by contract_number, point_code, service_period, closing
)

select
    months.contract_number,
    months.point_code,
    months.service_period,
    months.closing,
    months.price_category,
    coalesce(charged.kwh, 0) as kwh,
    coalesce(charged.act_kwh, 0) as act_kwh,
    charged.basis,
    months.hours as hours_expected,
    coalesce(hours.hours_measured, 0) as hours_measured,
    hours.kwh as hours_kwh,
    registers.kwh as register_kwh,
    hours.kwh - registers.kwh as difference_kwh
from business_step.point_month as months
left join charged using (contract_number, point_code, service_period, closing)
left join registers using (contract_number, point_code, service_period, closing)
left join business_step.hour_sum as hours using (contract_number, point_code, service_period, closing)
order by months.contract_number, months.point_code, months.service_period
