"""What to do about damaged indexes; the records they are made from are kept apart from them."""

REBUILD = "Rebuild the indexes from the records with: paper-assistant library reindex"
