-- One row per contract, point (null: the points without a plan of their own) and day with a plan: plan, fact and cost by the hour.
select * from business.deviation_day
