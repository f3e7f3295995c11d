-- The name of the restore with which the epoch began.
ALTER TABLE vault.epoch ADD COLUMN restore text;
