-- One row per house, month and closing at which its house needs are reckoned: how much of them there is, and by what (ОДН, КР на СОИ).
-- grain: house_id, service_period, closing
-- kind:  step
-- law:   ПП РФ 354 formula 12: measured by the house − other premises − flats; nothing or less than nothing is not charged; no meter of
--        the house: formula 15; it was not read: its average for so many periods, then the normative (п. 59.1)
-- A house is reckoned at the month's own closing, and again where a closing learned something of the house; not with every late
-- reading of a neighbour, which is a matter between him and the supplier.
-- `need_e5` are hundred-thousandths of a kWh, so that a normative for each square metre stays whole.
with reckoned as (
    select
        houses.house_id,
        houses.management,
        houses.premises_m2,
        houses.common_m2,
        flats.service_period,
        flats.closing,
        sum(flats.energy_kwh)::bigint as flats_kwh
    from rating.flat_month as flats
    inner join known.house_version as houses
        on houses.house_id = flats.house_id
        and houses.from_period <= flats.service_period and flats.service_period < houses.to_period
        and houses.known_from <= flats.closing and flats.closing < houses.known_to
    group by all
),

measured as (
    select
        reckoned.house_id,
        reckoned.service_period,
        reckoned.closing,
        max(volumes.service_period) as last_period,
        count(*) as months,
        sum(volumes.metered_kwh - volumes.other_kwh)::bigint as sum_kwh,
        max(volumes.metered_kwh - volumes.other_kwh) filter (volumes.service_period = reckoned.service_period) as own_kwh
    from reckoned
    inner join reference.estimation_rule as rules
        on rules.valid_from <= reckoned.service_period and reckoned.service_period < rules.valid_to
    inner join known.house_volume as volumes
        on volumes.house_id = reckoned.house_id
        and volumes.known_from <= reckoned.closing and reckoned.closing < volumes.known_to
        and volumes.service_period <= reckoned.service_period
        and volumes.service_period >= reckoned.service_period - to_months(rules.average_months_most)
    group by all
),

judged as (
    select
        reckoned.*,
        measured.own_kwh,
        case
            when
                measured.months >= rules.average_months_least_young
                and date_diff('month', measured.last_period, reckoned.service_period) <= rules.average_periods
                then (2 * measured.sum_kwh + measured.months) // (2 * measured.months)
        end as average_kwh,
        normatives.kwh_per_m2,
        normatives.status as normative_status
    from reckoned
    inner join reference.house_need_rule as needs
        on needs.management = reckoned.management
        and needs.valid_from <= reckoned.service_period and reckoned.service_period < needs.valid_to
    inner join reference.estimation_rule as rules
        on rules.valid_from <= reckoned.service_period and reckoned.service_period < rules.valid_to
    inner join reference.house_need_normative as normatives
        on normatives.valid_from <= reckoned.service_period and reckoned.service_period < normatives.valid_to
    left join measured
        on measured.house_id = reckoned.house_id
        and measured.service_period = reckoned.service_period
        and measured.closing = reckoned.closing
)

select
    house_id,
    service_period,
    closing,
    premises_m2,
    common_m2,
    kwh_per_m2,
    flats_kwh,
    coalesce(own_kwh, average_kwh) as house_kwh,
    case
        when own_kwh is not null then 'house_need'
        when average_kwh is not null then 'house_need_average'
        else 'house_need_normative'
    end::basis as basis,
    case
        when own_kwh is null and average_kwh is null then (kwh_per_m2 * common_m2 * 100000)::hugeint
        else greatest(coalesce(own_kwh, average_kwh) - flats_kwh, 0)::hugeint * 100000
    end as need_e5,
    case when own_kwh is null and average_kwh is null then normative_status end as use_status
from judged
