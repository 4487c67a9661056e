"""The same answers for whole columns: lists, data frames, SQL engines. Users meet it as `slacalc.frames`."""

from slacalc.columns import frames as frames
