-- One row per point, day and message: the energy of each hour as it was measured, whichever message holds now.
-- grain: source_file_id, source_line
-- kind:  table
-- law:   a sender's message with the largest number holds; of two senders, what came last. Energy that a bypass breaker carried for
--        another point is that point's (extendedstatus 1114) and is taken off the point that measured it, once
-- An hour is known when both its halves are. Channel 01 (A+) alone is billed; 11 to 14 are not.
with messages as (
    select
        point_code,
        day,
        sender_inn,
        message_number,
        known_at,
        source_file_id,
        source_line,
        bypass_of,
        interval_minutes,
        case
            when interval_minutes = 60 then wh
            else list_transform(range(1, len(wh), 2), lambda place: wh[place] + wh[place + 1])
        end as wh
    from intake.energy_day_fact
    where channel_code = '01' and node in ('measuring_point', 'account_point', 'delivery_point')
),

repeated as (
    select messages.point_code, messages.day, messages.sender_inn, messages.message_number, messages.known_at,
        messages.source_file_id, messages.source_line
    from messages
    semi join (select point_code, day from messages group by point_code, day having count(*) > 1) as several
        on several.point_code = messages.point_code and several.day = messages.day
),

of_senders as (
    select *
    from repeated
    qualify row_number() over (
        partition by point_code, day, sender_inn
        order by message_number desc, known_at desc, source_file_id desc, source_line desc
    ) = 1
),

newest as (
    select *
    from of_senders
    qualify row_number() over (
        partition by point_code, day order by known_at desc, source_file_id desc, source_line desc
    ) = 1
),

outdated as (
    select source_file_id, source_line from repeated
    except
    select source_file_id, source_line from newest
),

carried as (
    select
        unnest(facts.bypass_of) as point_code,
        facts.day,
        (generate_subscripts(facts.bypass_of, 1) - 1) * facts.interval_minutes // 60 as hour,
        unnest(facts.wh) as wh
    from intake.energy_day_fact as facts
    semi join messages on messages.source_file_id = facts.source_file_id and messages.source_line = facts.source_line
    anti join outdated on outdated.source_file_id = facts.source_file_id and outdated.source_line = facts.source_line
    where facts.bypass_of is not null
),

given_hours as (
    select point_code, day, hour, sum(wh)::bigint as wh
    from carried
    where point_code <> ''
    group by point_code, day, hour
),

given as (
    select point_code, day, map_from_entries(list(row(hour + 1, wh))) as wh
    from given_hours
    group by point_code, day
)

select
    messages.point_code,
    messages.day,
    case
        when given.wh is null then messages.wh
        else list_transform(
            messages.wh, lambda energy, place: energy - least(energy, coalesce(given.wh[place], 0))
        )
    end as wh,
    messages.sender_inn,
    messages.message_number,
    outdated.source_file_id is null as is_newest,
    messages.known_at,
    messages.source_file_id,
    messages.source_line
from messages
left join outdated using (source_file_id, source_line)
left join given on given.point_code = messages.point_code and given.day = messages.day
