-- One row per account of a place whose supply may be restricted after a notice, the greatest overdue debt first.
-- grain:  account_number
-- params: on_day, branch, site, district, category (null: not chosen)
with here as (
    select account_number, arg_max(district, valid_from) as district
    from account
    where valid_from <= $on_day
    group by account_number
    having
        ($branch::varchar is null or arg_max(branch, valid_from) = $branch)
        and ($site::varchar is null or arg_max(site, valid_from) = $site)
        and ($district::varchar is null or arg_max(district, valid_from) = $district)
        and ($category::varchar is null or arg_max(category, valid_from)::varchar = $category)
),

people as (
    select accounts.account_number, arg_max(holder_name, valid_from) as holder_name, arg_max(address, valid_from) as address
    from account as accounts
    where accounts.account_number in (select account_number from restriction_candidate)
    group by accounts.account_number
)

select
    candidates.account_number,
    here.district,
    people.holder_name,
    people.address,
    candidates.overdue_kopecks,
    candidates.month_kopecks,
    candidates.full_months,
    candidates.debts,
    candidates.oldest_due_on,
    candidates.normative_status::varchar as normative_status,
    candidates.may_restrict_from,
    count(*) over () as candidates,
    (sum(candidates.overdue_kopecks) over ())::bigint as candidates_kopecks
from restriction_candidate as candidates
inner join here on here.account_number = candidates.account_number
left join people on people.account_number = candidates.account_number
order by candidates.overdue_kopecks desc, candidates.account_number
limit 500
