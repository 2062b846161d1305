-- One row per account whose supply may be restricted once a notice is out: it owes more than two normative months.
select * from marts.restriction_candidate
