-- One row per earlier month that was corrected in this one, newest first; the oldest of more than eight together, under no month.
-- params: $period; $accounts
with months as (
    select
        account_number,
        service_period,
        sum(kwh)::bigint as kwh,
        sum(amount_kopecks)::bigint as amount_kopecks,
        max(price_status) as price_status,
        max(limit_status) as limit_status
    from charge_line
    where
        account_number in (select unnest($accounts::bigint [])) and posting_period = $period::date and kind <> 'charge'
    group by account_number, service_period
),

placed as (
    select
        *,
        row_number() over (partition by account_number order by service_period desc) as place,
        count(*) over (partition by account_number) as months
    from months
)

select
    account_number,
    case when place <= 7 or months <= 8 then service_period end as service_period,
    sum(kwh)::bigint as kwh,
    sum(amount_kopecks)::bigint as amount_kopecks,
    max(price_status) as price_status,
    max(limit_status) as limit_status
from placed
group by all
order by account_number, service_period desc nulls last
