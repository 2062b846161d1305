-- One row per contract, month and part of its payment: advances and the rest, each with its day.
select * from business.advance
