"""What every room stands on: database, time, settings, audit, references, limits, languages, keys."""
