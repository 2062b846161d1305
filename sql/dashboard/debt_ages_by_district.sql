-- One row per district with open debts on the snapshot's day: their sum by class of age (age_class), most overdue first.
-- grain:  district
-- params: branch, site, district, category (null: not chosen)
select
    district,
    sum(debtors)::bigint as accounts,
    sum(open_kopecks)::bigint as open_kopecks,
    coalesce(sum(open_kopecks) filter (where age > 0), 0)::bigint as overdue_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 0), 0)::bigint as age_0_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 1), 0)::bigint as age_1_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 2), 0)::bigint as age_2_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 3), 0)::bigint as age_3_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 4), 0)::bigint as age_4_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 5), 0)::bigint as age_5_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 6), 0)::bigint as age_6_kopecks,
    coalesce(sum(open_kopecks) filter (where age = 7), 0)::bigint as age_7_kopecks
from debt_class
where
    ($branch::varchar is null or branch = $branch)
    and ($site::varchar is null or site = $site)
    and ($district::varchar is null or district = $district)
    and ($category::varchar is null or category::varchar = $category)
group by district
order by overdue_kopecks desc, district
