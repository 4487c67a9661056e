"""Fields of Django models: a policy, the saved clocks of a ticket, and an instant.

class Tenant(models.Model):
    policy = PolicyField()

class Ticket(models.Model):
    received = InstantField()
    clocks = ClocksField(null=True)

ticket.clocks = tenant.policy.replay(events, as_of=now, ticket="7")
ticket.save()
Ticket.objects.get(pk=7).clocks.resume(tenant.policy)
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

import slacalc as sla

Data = dict[str, Any]


class PolicyField(models.JSONField):
    """A policy, with its pinned holidays in it: it is validated as one, and told with every problem."""

    def to_python(self, value: Any) -> sla.Policy | None:
        """Return the policy of its data, or of the JSON that a form sends."""
        if value is None or isinstance(value, sla.Policy):
            return value
        try:
            return sla.policy_from_data(json.loads(value) if isinstance(value, str) else value)
        except json.JSONDecodeError as error:
            raise ValidationError(f"this is no JSON: {error}", code="invalid") from error
        except sla.PolicyError as error:
            raise ValidationError(
                [ValidationError(str(each), code=each.code) for each in error.problems or (error,)]
            ) from error

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> sla.Policy | None:
        """Return the policy that was stored."""
        data = super().from_db_value(value, expression, connection)
        return None if data is None else sla.policy_from_data(data)

    def get_prep_value(self, value: Any) -> Data | None:
        """Return what is stored."""
        policy = self.to_python(value)
        return None if policy is None else policy.with_pins().to_data()

    def validate(self, value: Any, model_instance: Any) -> None:
        """Check what every field checks: the policy has checked itself."""
        models.Field.validate(self, value, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        """Return what a fixture has."""
        return self.get_prep_value(self.value_from_object(obj))


@dataclass(frozen=True)
class SavedClocks:
    """The clocks of a ticket as they were stored: they go on under a policy, which the row does not have."""

    data: Data

    def resume(self, policy: sla.Policy | sla.PolicyVersions, earlier: Iterable[sla.Policy] = ()) -> sla.Clocks:
        """Return the clocks. Raises LogError for the policy of somebody else."""
        return sla.resume(self.data, policy, earlier=earlier)


class ClocksField(models.JSONField):
    """The clocks of a ticket: `Clocks` are stored, and `SavedClocks` come back."""

    def to_python(self, value: Any) -> SavedClocks | None:
        """Return what was stored."""
        if value is None or isinstance(value, SavedClocks):
            return value
        return SavedClocks(value.to_data() if isinstance(value, sla.Clocks) else value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> SavedClocks | None:
        """Return what was stored."""
        return self.to_python(super().from_db_value(value, expression, connection))

    def get_prep_value(self, value: Any) -> Data | None:
        """Return what is stored."""
        saved = self.to_python(value)
        return None if saved is None else saved.data

    def validate(self, value: Any, model_instance: Any) -> None:
        """Check what every field checks."""
        models.Field.validate(self, value, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        """Return what a fixture has."""
        return self.get_prep_value(self.value_from_object(obj))


class InstantField(models.DateTimeField):  # type: ignore[type-arg]  # generic for type checkers only
    """An aware datetime, in UTC when it comes back, whatever USE_TZ and TIME_ZONE say. A naive one is refused."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant of a datetime, or of ISO 8601 with an offset."""
        if value is None:
            return None
        try:
            read = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError as error:
            raise ValidationError(f"this is no instant: {value!r}", code="invalid") from error
        if not isinstance(read, datetime) or read.tzinfo is None:
            raise ValidationError(f"this names no instant: {value!r}; say its offset", code="datetime_naive")
        return read.astimezone(UTC)

    def get_prep_value(self, value: Any) -> Any:
        """Return the instant to store."""
        return self.to_python(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        """Return the instant as the database keeps it: SQLite without an offset, in UTC."""
        instant = value if prepared else self.get_prep_value(value)
        if instant is not None and not connection.features.supports_timezones:
            return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        return instant

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> datetime | None:
        """Return the instant in UTC."""
        stored: datetime | None = value
        return stored if stored is None or stored.tzinfo else stored.replace(tzinfo=UTC)
