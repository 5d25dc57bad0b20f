"""Checkpoints, and the files of sources."""

from django.db import migrations, models

import chancery.store.models
from chancery.store.plain import plain_sql


class Migration(migrations.Migration):
    """Made by Django, with plain SQL beside it."""

    dependencies = [
        ("chancery", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("place", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("note", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("place", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("digest", models.TextField()),
                ("type", models.TextField()),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_document",
                "constraints": [models.UniqueConstraint(fields=("digest",), name="chancery_one_digest")],
            },
        ),
        plain_sql(__file__),
    ]
