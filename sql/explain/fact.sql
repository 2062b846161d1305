-- What was known of the account for one month at its closing: dwelling, tenants, meters, conditions, with file and line.
-- Parameters: account, period.
with facts as (
    select
        'account' as subject,
        valid_from,
        address,
        settlement::varchar as settlement,
        stove::varchar as stove,
        heating::varchar as heating,
        source_file_id,
        source_line
    from known.account_version
    where
        account_number = $account
        and from_period <= $period and $period < to_period
        and known_from <= $period and $period < known_to
    union all by name
    select 'tenants' as subject, valid_from, persons, source_file_id, source_line
    from known.tenant_version
    where
        account_number = $account
        and from_period <= $period and $period < to_period
        and known_from <= $period and $period < known_to
    union all by name
    select
        'meter' as subject,
        installed_on as valid_from,
        meter_serial,
        zone_plan::varchar as zone_plan,
        transformer_ratio,
        source_file_id,
        source_line
    from known.meter_version
    where
        account_number = $account
        and from_closing <= $period and $period < to_closing
        and (removed_on is null or removed_on >= $period)
    union all by name
    select 'condition' as subject, valid_from, valid_to, reason::varchar as reason, source_file_id, source_line
    from known.condition
    where
        account_number = $account
        and known_from <= $period and $period < known_to
        and valid_from < $period + interval 1 month
        and (valid_to is null or valid_to >= greatest(valid_from, $period))
)

select facts.* exclude (source_file_id), files.name as file_name, files.sha256
from facts
inner join intake.source_file as files on files.source_file_id = facts.source_file_id
order by facts.subject, facts.meter_serial, facts.reason, facts.valid_from
