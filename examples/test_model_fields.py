"""The fields keep what they are given, in SQLite, and refuse what is none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import django
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models

import slacalc as sla

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TIME_ZONE="Asia/Tokyo",
)
django.setup()

from model_fields import ClocksField, InstantField, PolicyField  # noqa: E402 - Django is set up first

BRUSSELS = ZoneInfo("Europe/Brussels")
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=BRUSSELS)
POLICY = sla.sample_policy("webshop_helpdesk")


class Tenant(models.Model):
    policy = PolicyField()

    class Meta:
        app_label = "desk"


class Ticket(models.Model):
    received = InstantField()
    clocks = ClocksField(null=True)

    class Meta:
        app_label = "desk"


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Tenant)
        editor.create_model(Ticket)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Tenant)
        editor.delete_model(Ticket)


def test_a_policy_comes_back_with_its_pins() -> None:
    Tenant(policy=POLICY).save()
    kept = Tenant.objects.get().policy
    assert kept == POLICY.with_pins()
    assert kept.promise(FRIDAY)["first_response"].due == datetime(2026, 11, 20, 17, tzinfo=BRUSSELS)


def test_a_policy_of_a_form_says_every_problem() -> None:
    with pytest.raises(ValidationError) as caught:
        Tenant(policy={"name": "", "rules": []}).full_clean()
    assert {each.code for each in caught.value.error_dict["policy"]} == {"value_invalid", "rules_empty", "key_missing"}
    with pytest.raises(ValidationError):
        Tenant(policy="{").full_clean()


def test_clocks_go_on_where_they_stopped() -> None:
    clocks = POLICY.replay([sla.Created(at=FRIDAY)], as_of=FRIDAY, ticket="7")
    Ticket(received=FRIDAY, clocks=clocks).save()
    assert Ticket.objects.get().clocks.resume(POLICY) == clocks
    Ticket(received=FRIDAY).save()
    assert Ticket.objects.last().clocks is None


def test_the_clocks_of_another_tenant_are_refused() -> None:
    Ticket(received=FRIDAY, clocks=POLICY.replay([sla.Created(at=FRIDAY)], as_of=FRIDAY)).save()
    with pytest.raises(sla.LogError) as caught:
        Ticket.objects.get().clocks.resume(sla.sample_policy("marketplace_seller"))
    assert caught.value.code == "policy_missing"


def test_an_instant_is_the_same_whatever_zone_django_has() -> None:
    Ticket(received=FRIDAY).save()
    kept = Ticket.objects.get().received
    assert (kept, kept.tzinfo) == (FRIDAY.astimezone(UTC), UTC)
    assert Ticket.objects.filter(received__lte=FRIDAY).count() == 1
    assert Ticket.objects.filter(received__lt=FRIDAY).count() == 0


@pytest.mark.parametrize("value", [datetime(2026, 11, 20, 15), "2026-11-20T15:00", "Friday", 7])  # noqa: DTZ001 - it is refused
def test_what_names_no_instant_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Ticket(received=value).full_clean()
    with pytest.raises(ValidationError):
        Ticket(received=value).save()
