"""The store as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The ledger's tables."""

    name = "chancery.store"
    label = "chancery"
    default_auto_field = "django.db.models.BigAutoField"
