"""A million tickets: whole columns, and a calendar as tables for SQL engines."""

from slacalc.batch import frames as frames
