-- One row per point, day and spell of knowledge: energy of its hours as measured, in Wh, as known at the closings [known_from, known_to).
-- grain: point_code, day, known_from
-- kind:  step
-- law:   a sender's message with the largest number holds; of two senders, what came last
with messages as (
    select measured.*, files.closing
    from business.measured_day as measured
    inner join business_step.known_file as files on files.source_file_id = measured.source_file_id
),

told as (
    select point_code, day, min(closing) as first_closing, max(closing) as last_closing
    from messages
    group by point_code, day
),

corrected as (
    select messages.*
    from messages
    semi join told
        on told.point_code = messages.point_code and told.day = messages.day and told.first_closing < told.last_closing
),

states as (
    select
        point_code,
        day,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by point_code, day order by closing) as known_to
    from (select distinct point_code, day, closing from corrected)
),

of_senders as (
    select states.known_from, states.known_to, corrected.*
    from states
    inner join corrected
        on corrected.point_code = states.point_code and corrected.day = states.day and corrected.closing <= states.known_from
    qualify row_number() over (
        partition by corrected.point_code, corrected.day, states.known_from, corrected.sender_inn
        order by corrected.message_number desc, corrected.known_at desc, corrected.source_file_id desc, corrected.source_line desc
    ) = 1
),

held as (
    select *
    from of_senders
    qualify row_number() over (
        partition by point_code, day, known_from order by known_at desc, source_file_id desc, source_line desc
    ) = 1
)

select messages.point_code, messages.day, messages.wh, messages.closing as known_from, date '9999-12-31' as known_to
from messages
inner join told
    on told.point_code = messages.point_code and told.day = messages.day and told.first_closing = told.last_closing
where messages.is_newest
union all
select point_code, day, wh, known_from, known_to
from held
