"""Freshservice: its business hours, holidays and SLA policies as a policy of ours."""

from slacalc.interop.freshservice.loading import load as load

__all__ = ["load"]
