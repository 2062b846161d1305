-- One row per sum of a bank statement that does not agree with another one, with the file and line it stands in.
select disagreements.*, files.name as file_name
from business.disagreement as disagreements
inner join intake.source_file as files on files.source_file_id = disagreements.source_file_id
