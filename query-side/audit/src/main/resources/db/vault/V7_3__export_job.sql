-- At most one row: the last index that an archive of the export job has.
CREATE TABLE vault.export_job (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    through  bigint  NOT NULL
);
