-- One row: the account as it is on a day, with its balance of a month; none when the number is unknown.
-- grain:  account_number
-- params: account_number, on_day, period
with version as (
    select *
    from account
    where account_number = $account_number
    order by valid_from <= $on_day desc, abs(valid_from - $on_day)
    limit 1
)

select
    version.account_number,
    version.holder_name,
    version.address,
    version.district,
    version.branch,
    version.site,
    version.settlement::varchar as settlement,
    version.stove::varchar as stove,
    version.heating::varchar as heating,
    version.category::varchar as category,
    version.persons,
    version.valid_from,
    nullif(version.valid_to, date '9999-12-31') as valid_to,
    months.period,
    months.opening_kopecks,
    months.charged_kopecks,
    months.corrected_kopecks,
    months.penalty_kopecks,
    months.paid_kopecks,
    months.closing_kopecks,
    months.kwh
from version
left join account_month as months
    on months.account_number = version.account_number
    and months.account_number = $account_number and months.period = $period
