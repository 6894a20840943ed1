"""Persons who are protected: who may see their cases, and breaking the glass."""
