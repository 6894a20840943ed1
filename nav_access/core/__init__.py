"""What every room stands on: database, time, settings, audit, limits, languages, keys."""
