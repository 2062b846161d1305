-- One row per closed month of the account since a month, oldest first: energy used in it, as the ledger stands, house needs apart; kWh.
-- grain:  period
-- params: account_number, since, open_period
select
    service_period as period,
    coalesce(sum(kwh) filter (basis in ('reading', 'average', 'normative')), 0)::bigint as kwh,
    coalesce(sum(kwh) filter (basis not in ('reading', 'average', 'normative')), 0)::bigint as house_kwh,
    coalesce(sum(kwh) filter (basis in ('average', 'normative')), 0)::bigint as estimated_kwh,
    sum(amount_kopecks)::bigint as amount_kopecks
from charge_line
where account_number = $account_number and service_period >= $since and service_period < $open_period
group by service_period
order by service_period
