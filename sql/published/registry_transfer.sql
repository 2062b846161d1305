-- One row per registry of payments and the transfer that paid it, and per each that lacks the other, with the name of the registry's file.
select transfers.*, files.name as registry_file_name
from business.registry_transfer as transfers
left join intake.source_file as files on files.source_file_id = transfers.registry_file_id
