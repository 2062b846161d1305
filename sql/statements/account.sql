-- One row per wanted account: who it is in the statement's month, and how the balance moved.
-- params: $period; $accounts, a list of account numbers
select
    accounts.account_number,
    accounts.holder_name,
    accounts.address,
    accounts.district,
    accounts.site,
    accounts.category,
    accounts.persons,
    months.opening_kopecks,
    months.charged_kopecks,
    months.corrected_kopecks,
    months.penalty_kopecks,
    months.paid_kopecks,
    months.closing_kopecks,
    months.kwh
from account_month as months
inner join account as accounts
    on accounts.account_number = months.account_number
    and accounts.valid_from < $period::date + interval 1 month
where months.period = $period::date and months.account_number in (select unnest($accounts::bigint []))
qualify row_number() over (partition by accounts.account_number order by accounts.valid_from desc) = 1
order by accounts.account_number
