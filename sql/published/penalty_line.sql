-- One row per penalty posted: days of a debt that stood at one sum, part of the rate and rate, or some taken back.
select * from ledger.penalty_line
