-- One row per account whose bill of a month is many times its own usual one, the greatest first.
-- grain:  account_number
-- params: period, branch, site, district, category (null: not chosen)
-- A bill is what was charged and corrected in the month. Usual is the mean, rounded down, of the bills above zero among the months
-- before; how many months, times and kopecks it takes says the row of `bill_rule` in force.
with rule as (
    select * from bill_rule where valid_from <= $period and $period < valid_to
),

-- The months as rows: a reader passes over all others, which a bound reckoned row by row would not let it.
months_before as (
    select unnest(range($period - to_months(usual_months), $period::timestamp, interval 1 month))::date as period from rule
),

months_lately as (
    select unnest(range($period - to_months(usual_months // 3), $period::timestamp, interval 1 month))::date as period from rule
),

-- A bill that is no greater than what it must be greater by is never one of them: most histories need not be looked at.
great as (
    select
        months.account_number,
        months.district,
        months.kwh,
        months.charged_kopecks + months.corrected_kopecks as bill_kopecks
    from account_month as months
    cross join rule
    where
        months.period = $period and months.charged_kopecks + months.corrected_kopecks > rule.least_more_kopecks
        and ($branch::varchar is null or months.branch = $branch)
        and ($site::varchar is null or months.site = $site)
        and ($district::varchar is null or months.district = $district)
        and ($category::varchar is null or months.category::varchar = $category)
),

-- Nor is one whose last third of the months alone sums to more than all of them may: few histories are looked at in full.
lately as (
    select
        months.account_number,
        sum(greatest(months.charged_kopecks + months.corrected_kopecks, 0)) as kopecks
    from account_month as months
    where
        months.period in (select period from months_lately)
        and months.account_number in (select account_number from great)
    group by months.account_number
),

suspects as (
    select great.*
    from great
    cross join rule
    left join lately on lately.account_number = great.account_number
    where rule.times_usual * coalesce(lately.kopecks, 0) <= rule.usual_months * great.bill_kopecks
),

earlier as (
    select
        months.account_number,
        sum(months.charged_kopecks + months.corrected_kopecks)::bigint as kopecks,
        count(*) as months
    from account_month as months
    where
        months.period in (select period from months_before)
        and months.charged_kopecks + months.corrected_kopecks > 0
        and months.account_number in (select account_number from suspects)
    group by months.account_number
),

accounts as (
    select suspects.*, earlier.kopecks as earlier_kopecks, earlier.months as earlier_months
    from suspects
    inner join earlier on earlier.account_number = suspects.account_number
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
