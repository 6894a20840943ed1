"""The duty roster: shifts on lines, cover by other offices, and gaps found beforehand."""
