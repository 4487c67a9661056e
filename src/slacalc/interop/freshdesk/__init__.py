"""Freshdesk: its business hours and SLA policies as a policy of ours."""

from slacalc.interop.freshdesk.loading import load as load

__all__ = ["load"]
