-- One row per month, epoch of knowledge, kind of dwelling and number of persons: where the first band ends, and the second (null: it has no end).
-- grain: period, epoch, settlement, stove, heating, persons
-- kind:  step
-- law:   social norm to 31 December 2025 (ПП РФ 614; РСТ РО 28/1 of 05.08.2013): floor((norm + supplements) × season), decision 11;
--        consumption ranges from 1 January 2026 (РСТ РО № 760 of 26.12.2025): the month's whole volume, whatever the persons
with epochs as (
    select distinct epoch from rating.knowledge
),

-- The norm and the ranges as each epoch knows them.
social_norm as (
    select epochs.epoch, norms.*
    from epochs
    inner join reference.social_norm as norms on norms.known_from <= epochs.epoch and epochs.epoch < norms.known_to
),

consumption_range as (
    select epochs.epoch, ranges.*
    from epochs
    inner join reference.consumption_range as ranges on ranges.known_from <= epochs.epoch and epochs.epoch < ranges.known_to
),

dwellings as (
    select
        epochs.period,
        epochs.epoch,
        settlements.settlement,
        stoves.stove,
        heatings.heating,
        case
            when settlements.settlement = 'rural' then 'rural'
            when stoves.stove = 'electric' or heatings.heating = 'electric' then 'urban_electric'
            else 'urban'
        end::category as category
    from rating.epoch as epochs
    cross join (select unnest(enum_range(null::settlement))::settlement as settlement) as settlements
    cross join (select unnest(enum_range(null::stove))::stove as stove) as stoves
    cross join (select unnest(enum_range(null::heating))::heating as heating) as heatings
),

households as (
    select unnest(range(0, 2 + coalesce((select max(persons) from intake.tenant_fact), 0)))::integer as persons
),

persons_norms as (
    select
        norms.epoch,
        norms.valid_from,
        norms.valid_to,
        norms.settlement::settlement as settlement,
        households.persons,
        norms.kwh_per_month + coalesce(more.kwh_per_month * greatest(households.persons - 10, 0), 0) as kwh_per_month,
        greatest(norms.status, case when households.persons > 10 then more.status end) as status,
        norms.source
    from households
    inner join social_norm as norms
        on norms.component = 'norm_total' and norms.persons = least(households.persons, 10)
    left join social_norm as more
        on more.component = 'each_person_above_10'
        and more.epoch = norms.epoch
        and more.settlement = norms.settlement
        and more.valid_from <= norms.valid_from and norms.valid_from < more.valid_to
),

-- Nobody registered: no norm, all of it above (practice of another supplier, RULES.md 4.2).
norms as (
    select * from persons_norms
    union all
    select nobody.epoch, nobody.valid_from, nobody.valid_to, settlements.settlement, 0, 0, nobody.status, nobody.source
    from social_norm as nobody
    cross join (select unnest(enum_range(null::settlement))::settlement as settlement) as settlements
    where nobody.component = 'nobody_registered_all_above_norm'
),

supplements as (
    select
        months.period,
        norms.epoch,
        max(kwh_per_month) filter (component = 'supplement_electric_stove') as stove_kwh,
        max(kwh_per_month) filter (component = 'supplement_electric_heating_or_water_heater') as heating_kwh,
        max(coefficient) filter (
            (component = 'season_june_to_august' and month(months.period) between 6 and 8)
            or (component = 'season_february_to_april' and month(months.period) between 2 and 4)
        ) as coefficient,
        max(status) filter (component = 'supplement_electric_stove') as stove_status,
        max(status) filter (component = 'supplement_electric_heating_or_water_heater') as heating_status,
        max(status) filter (component like 'season_%') as season_status
    from rating.month as months
    inner join social_norm as norms on norms.valid_from <= months.period and months.period < norms.valid_to
    group by months.period, norms.epoch
),

by_norm as (
    select
        dwellings.*,
        norms.persons,
        case
            when norms.persons = 0 then 0
            else floor(
                (
                    norms.kwh_per_month
                    + case when dwellings.stove = 'electric' then supplements.stove_kwh else 0 end
                    + case when dwellings.heating = 'electric' then supplements.heating_kwh else 0 end
                ) * coalesce(supplements.coefficient, 1.00)
            )
        end::bigint as first_limit_kwh,
        'in_norm'::band as first_band,
        'above_norm'::band as second_band,
        null::bigint as second_limit_kwh,
        case
            when norms.persons = 0 then norms.status
            else greatest(
                norms.status,
                case when dwellings.stove = 'electric' then supplements.stove_status end,
                case when dwellings.heating = 'electric' then supplements.heating_status end,
                case when supplements.coefficient is not null then supplements.season_status end
            )
        end as status,
        norms.source
    from dwellings
    inner join norms
        on norms.epoch = dwellings.epoch
        and norms.settlement = dwellings.settlement
        and norms.valid_from <= dwellings.period and dwellings.period < norms.valid_to
    inner join supplements on supplements.period = dwellings.period and supplements.epoch = dwellings.epoch
),

by_range as (
    select
        dwellings.*,
        households.persons,
        max(ranges.to_kwh) filter (ranges.band = 'band1')::bigint as first_limit_kwh,
        'band1'::band as first_band,
        'band2'::band as second_band,
        max(ranges.to_kwh) filter (ranges.band = 'band2')::bigint as second_limit_kwh,
        max(ranges.status) as status,
        max(ranges.source) filter (ranges.band = 'band1') as source
    from dwellings
    cross join households
    inner join reference.heating_season as seasons
        on seasons.valid_from <= dwellings.period and dwellings.period < seasons.valid_to
    inner join consumption_range as ranges
        on ranges.epoch = dwellings.epoch
        and ranges.category = dwellings.category
        and ranges.heating = dwellings.heating
        and ranges.valid_from <= dwellings.period and dwellings.period < ranges.valid_to
        and (
            ranges.season = 'all'
            or (ranges.season = 'heating') = (
                month(dwellings.period) >= seasons.first_month or month(dwellings.period) <= seasons.last_month
            )
        )
    group by all
),

limits as (
    select * from by_norm
    union all
    select * from by_range
)

select
    row_number() over (order by limits.period, limits.epoch, limits.settlement, limits.stove, limits.heating, limits.persons) as limit_id,
    limits.* exclude (source),
    sources.source_id
from limits
inner join reference.source as sources on sources.source = limits.source
