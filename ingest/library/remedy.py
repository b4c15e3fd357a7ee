"""What to do about damage; the records that the indexes are made from are kept apart from them."""

REBUILD = "Rebuild the indexes from the records with: paper-assistant library reindex"
RESTORE = "Restore it from a backup, or ingest your files into a new library"
AGAIN = (
    "What was in the library is still there: see that the disk has room and that you may write to"
    " the folder, then run the command again"
)
