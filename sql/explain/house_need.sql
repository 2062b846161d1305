-- What stands behind the lines of house needs posted in one month: the house as it was reckoned last, with the file that told about it.
-- Parameters: account, period.
select
    shares.service_period,
    shares.reckoned_at,
    shares.basis::varchar as basis,
    shares.kwh,
    flats.area_m2,
    flats.house_id,
    needs.premises_m2,
    needs.common_m2,
    needs.kwh_per_m2,
    needs.house_kwh,
    needs.flats_kwh,
    coalesce(volumes.source_line, houses.source_line) as source_line,
    files.name as file_name,
    files.sha256
from rating.flat_need as shares
inner join rating.flat_month as flats
    on flats.account_number = shares.account_number
    and flats.service_period = shares.service_period
    and flats.closing = shares.reckoned_at
inner join rating.house_need as needs
    on needs.house_id = flats.house_id
    and needs.service_period = flats.service_period
    and needs.closing = flats.closing
inner join known.house_version as houses
    on houses.house_id = needs.house_id
    and houses.from_period <= needs.service_period and needs.service_period < houses.to_period
    and houses.known_from <= needs.closing and needs.closing < houses.known_to
left join known.house_volume as volumes
    on volumes.house_id = needs.house_id
    and volumes.service_period = needs.service_period
    and volumes.known_from <= needs.closing and needs.closing < volumes.known_to
inner join intake.source_file as files
    on files.source_file_id = coalesce(volumes.source_file_id, houses.source_file_id)
semi join ledger.charge_line as lines
    on lines.account_number = shares.account_number
    and lines.service_period = shares.service_period
    and lines.posting_period = shares.closing
    and lines.basis = shares.basis
where shares.account_number = $account and shares.closing = $period
order by shares.service_period
