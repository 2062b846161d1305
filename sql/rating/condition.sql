-- One row per evaluation to which a condition of the account applies: what it changes; accounts without any have no row.
-- grain: account_number, service_period, closing
-- kind:  step
-- law:   ПП РФ 354 п. 59, 60, 62: a month is charged by the gravest reason; interference back to at most three months before the check;
--        п. 86: full days of absence, the days of leaving and return not counted, more than five in a row
with applying as (
    select
        evaluations.account_number,
        evaluations.service_period,
        evaluations.closing,
        conditions.reason,
        conditions.valid_from,
        conditions.valid_to,
        rules.place,
        rules.average_periods,
        rules.normative_reason,
        rules.full_days_more_than
    from known.condition as conditions
    inner join rating.evaluation as evaluations
        on evaluations.account_number = conditions.account_number
        and conditions.known_from <= evaluations.closing and evaluations.closing < conditions.known_to
    inner join reference.condition_rule as rules
        on rules.reason = conditions.reason
        and rules.valid_from <= evaluations.service_period and evaluations.service_period < rules.valid_to
    where
        greatest(
            date_trunc('month', conditions.valid_from),
            date_trunc('month', conditions.valid_to) - to_months(rules.months_back_most)
        ) <= evaluations.service_period
        and (conditions.valid_to is null or greatest(evaluations.service_period, conditions.valid_from) <= conditions.valid_to)
),

absent_days as (
    select distinct
        account_number,
        service_period,
        closing,
        unnest(generate_series(
            greatest(valid_from + 1, service_period), least(valid_to - 1, last_day(service_period)), interval 1 day
        ))::date as day
    from applying
    where reason = 'absent' and valid_to - valid_from - 1 > full_days_more_than
),

absences as (
    select account_number, service_period, closing, count(*) as days
    from absent_days
    group by account_number, service_period, closing
),

reasons as (
    select
        account_number,
        service_period,
        closing,
        min(place) as place,
        arg_min(reason, place) as reason,
        arg_min(average_periods, place) as average_periods,
        arg_min(normative_reason, place) as normative_reason,
        bool_or(reason = 'interference') as is_interfered,
        bool_or(reason = 'no_meter_impossible') as is_meter_impossible,
        bool_or(reason = 'large_family' or reason = 'exempt') as is_unlimited
    from applying
    group by account_number, service_period, closing
)

select
    reasons.* replace (
        -- Where the account does not exist nothing is charged without a reading, whatever was done to a meter.
        reasons.is_interfered
        and accounts.first_month <= reasons.service_period
        and (accounts.valid_to is null or reasons.service_period <= accounts.valid_to) as is_interfered
    ),
    coalesce(absences.days, 0) as absent_days
from reasons
inner join known.account_version as accounts
    on accounts.account_number = reasons.account_number
    and accounts.from_period <= reasons.service_period and reasons.service_period < accounts.to_period
    and accounts.known_from <= reasons.closing and reasons.closing < accounts.known_to
left join absences
    on absences.account_number = reasons.account_number
    and absences.service_period = reasons.service_period
    and absences.closing = reasons.closing
