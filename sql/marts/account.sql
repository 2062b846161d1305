-- One row per account and version: how the account is from valid_from, as known now (лицевой счёт).
-- grain: account_number, valid_from
-- kind:  table
select
    versions.account_number,
    versions.house_id,
    versions.district,
    organisation.branch,
    organisation.site,
    versions.holder_name,
    versions.address,
    versions.settlement,
    versions.stove,
    versions.heating,
    versions.rooms,
    versions.dwelling,
    versions.area_m2,
    versions.category,
    coalesce(tenants.persons, 1) as persons,
    versions.valid_from,
    coalesce(
        least(versions.valid_to, lead(versions.valid_from) over account),
        lead(versions.valid_from) over account,
        versions.valid_to,
        date '9999-12-31'
    ) as valid_to,
    versions.source_file_id,
    versions.source_line
from known.account_version as versions
left join known.tenant_version as tenants
    on tenants.account_number = versions.account_number
    and tenants.from_period <= least(versions.to_period - 1, (select open_period from replay.bounds))
    and least(versions.to_period - 1, (select open_period from replay.bounds)) < tenants.to_period
    and tenants.known_to = date '9999-12-31'
left join reference.organisation as organisation
    on organisation.district = versions.district
    and organisation.valid_from <= (select open_period from replay.bounds)
    and (select open_period from replay.bounds) < organisation.valid_to
where versions.known_to = date '9999-12-31'
window account as (partition by versions.account_number order by versions.valid_from)
order by versions.account_number, versions.valid_from
