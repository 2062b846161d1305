-- One row per month and epoch of knowledge in which some closing may reckon it.
-- grain: period, epoch
-- kind:  step
select distinct months.period, knowledge.epoch
from rating.month as months
inner join rating.knowledge as knowledge on knowledge.closing >= months.period
