-- One row per document of a bank statement and part of a month that it pays, as it stands now.
select * from business.crediting
