-- One row per part of a month that a contract was asked for by now: what was paid of it, and since when it is overdue.
select * from business.debt
