-- One row per line posted to an account, with the decree or page behind its price and its limit.
select
    lines.* exclude (tariff_source_id, limit_source_id),
    tariffs.source as tariff_source,
    limits.source as limit_source
from ledger.charge_line as lines
left join reference.source as tariffs on tariffs.source_id = lines.tariff_source_id
left join reference.source as limits on limits.source_id = lines.limit_source_id
