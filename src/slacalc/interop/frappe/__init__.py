"""Frappe Helpdesk, and the support of ERPNext: agreements and holiday lists as a policy."""

from slacalc.interop.frappe.loading import load as load

__all__ = ["load"]
