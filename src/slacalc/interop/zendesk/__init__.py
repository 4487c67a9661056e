"""Zendesk: schedules, holidays and SLA policies as the API answers them, made a policy of ours."""

from slacalc.interop.zendesk.loading import load as load

__all__ = ["load"]
