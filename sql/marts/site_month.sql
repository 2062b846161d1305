-- One row per site and month: the sums of the districts it serves then.
-- grain:    branch, site, period
-- kind:     journal
-- rewrites: period > (select sealed_period from replay.bounds)
create table if not exists marts.site_month (
    branch varchar,
    site varchar,
    period date not null,
    accounts bigint not null,
    opening_kopecks bigint not null,
    charged_kopecks bigint not null,
    corrected_kopecks bigint not null,
    penalty_kopecks bigint not null,
    paid_kopecks bigint not null,
    closing_kopecks bigint not null,
    debt_kopecks bigint not null,          -- sum of the closings above zero
    advance_kopecks bigint not null,       -- sum of the closings below zero, as a positive number
    kwh bigint not null
);

select
    organisation.branch,
    organisation.site,
    months.period,
    sum(months.accounts)::bigint as accounts,
    sum(months.opening_kopecks)::bigint as opening_kopecks,
    sum(months.charged_kopecks)::bigint as charged_kopecks,
    sum(months.corrected_kopecks)::bigint as corrected_kopecks,
    sum(months.penalty_kopecks)::bigint as penalty_kopecks,
    sum(months.paid_kopecks)::bigint as paid_kopecks,
    sum(months.closing_kopecks)::bigint as closing_kopecks,
    sum(months.debt_kopecks)::bigint as debt_kopecks,
    sum(months.advance_kopecks)::bigint as advance_kopecks,
    sum(months.kwh)::bigint as kwh
from marts.district_month as months
inner join reference.organisation as organisation
    on organisation.district = months.district
    and organisation.valid_from <= months.period and months.period < organisation.valid_to
where months.period > (select sealed_period from replay.bounds)
group by organisation.branch, organisation.site, months.period
order by organisation.branch, organisation.site, months.period
