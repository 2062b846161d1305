-- One row per document issued to a business, with the names and hashes of its files.
select * from business.document
