-- One row per penalty posted to a contract: days of a month that stood at one sum, part of the rate and rate, or some taken back.
select * from business.penalty_line
