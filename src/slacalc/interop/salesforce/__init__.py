"""Salesforce: its business hours, holidays and entitlement processes as a policy of ours."""

from slacalc.interop.salesforce.loading import load as load

__all__ = ["load"]
