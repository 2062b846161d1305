-- One row per account whose bill of a month is many times its own usual one, the greatest first.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
-- A bill is what was charged and corrected in the month. Usual is the mean, rounded down, of the bills above zero among the months
-- before; how many months, times and kopecks it takes says the row of `bill_rule` in force.
with rule as (
    select * from bill_rule where valid_from <= $period and $period < valid_to
),

-- A bill that is no greater than what it must be greater by is never one of them: most histories need not be looked at.
great as (
    select months.account_number
    from account_month as months
    cross join rule
    where
        months.period = $period and months.charged_kopecks + months.corrected_kopecks > rule.least_more_kopecks
        and ($branch::varchar is null or months.branch = $branch)
        and ($site::varchar is null or months.site = $site)
        and ($district::varchar is null or months.district = $district)
        and ($category::varchar is null or months.category::varchar = $category)
),

bills as (
    select
        months.account_number,
        months.district,
        months.period,
        months.kwh,
        months.charged_kopecks + months.corrected_kopecks as bill_kopecks
    from account_month as months
    cross join rule
    where
        months.period <= $period and months.period >= $period - to_months(rule.usual_months)
        and months.account_number in (select account_number from great)
),

accounts as (
    select
        account_number,
        arg_max(district, period) as district,
        sum(kwh) filter (where period = $period)::bigint as kwh,
        sum(bill_kopecks) filter (where period = $period)::bigint as bill_kopecks,
        (sum(bill_kopecks) filter (where period < $period and bill_kopecks > 0))::bigint as earlier_kopecks,
        count(*) filter (where period < $period and bill_kopecks > 0) as earlier_months
    from bills
    group by account_number
)

select
    accounts.account_number,
    accounts.district,
    accounts.kwh,
    accounts.bill_kopecks,
    accounts.earlier_kopecks // accounts.earlier_months as usual_kopecks,
    accounts.bill_kopecks * accounts.earlier_months // accounts.earlier_kopecks as times_usual,
    accounts.earlier_months
from accounts
cross join rule
where
    accounts.earlier_months >= rule.usual_months_least
    and accounts.bill_kopecks * accounts.earlier_months >= rule.times_usual * accounts.earlier_kopecks
    and accounts.bill_kopecks * accounts.earlier_months - accounts.earlier_kopecks
    >= rule.least_more_kopecks * accounts.earlier_months
order by accounts.bill_kopecks desc, accounts.account_number
limit 500
