-- One row per account of a place whose supply may be restricted after a notice, the greatest overdue debt first.
-- grain:  account_number
-- params: branch, site, district, category (null: not chosen)
with candidates as (
    select
        *,
        count(*) over () as candidates,
        (sum(overdue_kopecks) over ())::bigint as candidates_kopecks
    from restriction_candidate
    where
        ($branch::varchar is null or branch = $branch)
        and ($site::varchar is null or site = $site)
        and ($district::varchar is null or district = $district)
        and ($category::varchar is null or category::varchar = $category)
    order by overdue_kopecks desc, account_number
    limit 500
),

people as (
    select accounts.account_number, arg_max(holder_name, valid_from) as holder_name, arg_max(address, valid_from) as address
    from account as accounts
    where accounts.account_number in (select account_number from candidates)
    group by accounts.account_number
)

select
    candidates.account_number,
    candidates.district,
    people.holder_name,
    people.address,
    candidates.overdue_kopecks,
    candidates.month_kopecks,
    candidates.full_months,
    candidates.debts,
    candidates.oldest_due_on,
    candidates.normative_status::varchar as normative_status,
    candidates.may_restrict_from,
    candidates.candidates,
    candidates.candidates_kopecks
from candidates
left join people on people.account_number = candidates.account_number
order by candidates.overdue_kopecks desc, candidates.account_number
