-- Lines posted in one month: what each is now, and what it was before this closing; price and limit with what they rest on.
-- Parameters: account, period.
select
    lines.service_period,
    lines.kind::varchar as kind,
    lines.basis::varchar as basis,
    lines.meter_serial,
    lines.zone::varchar as zone,
    lines.band::varchar as band,
    lines.kwh,
    lines.price_rub_per_kwh,
    lines.amount_kopecks,
    coalesce(targets.kwh, 0) as now_kwh,
    coalesce(targets.amount_kopecks, 0) as now_kopecks,
    coalesce(targets.kwh, 0) - lines.kwh as before_kwh,
    coalesce(targets.amount_kopecks, 0) - lines.amount_kopecks as before_kopecks,
    lines.price_status::varchar as price_status,
    lines.limit_status::varchar as limit_status,
    tariffs.source as tariff_source,
    limit_sources.source as limit_source,
    volumes.volume_kwh,
    limits.first_limit_kwh,
    limits.second_limit_kwh,
    limits.persons,
    limits.category::varchar as category,
    normative.reason as normative_reason
from ledger.charge_line as lines
left join rating.target_line as targets
    on targets.account_number = lines.account_number
    and targets.service_period = lines.service_period
    and targets.closing = lines.posting_period
    and targets.basis = lines.basis
    and targets.meter_serial = lines.meter_serial
    and targets.zone_plan = lines.zone_plan
    and targets.zone = lines.zone
    and targets.band = lines.band
    and targets.price_rub_per_kwh = lines.price_rub_per_kwh
left join rating.volume as volumes
    on volumes.account_number = lines.account_number
    and volumes.service_period = lines.service_period
    and volumes.closing = lines.posting_period
left join rating.band_limit as limits on limits.limit_id = volumes.limit_id
left join rating.charged_by_normative as normative
    on lines.basis = 'normative'
    and normative.account_number = lines.account_number
    and normative.service_period = lines.service_period
    and normative.closing = lines.posting_period
left join reference.source as tariffs on tariffs.source_id = lines.tariff_source_id
left join reference.source as limit_sources on limit_sources.source_id = lines.limit_source_id
where lines.account_number = $account and lines.posting_period = $period
order by lines.service_period, lines.meter_serial, lines.zone, lines.band, lines.basis, lines.price_rub_per_kwh
