"""The first tables: head, entries, bodies, requests, the layout of the text."""

from django.db import migrations, models

import chancery.store.models
from chancery.store.plain import plain_sql


class Migration(migrations.Migration):
    """Made by Django, with plain SQL beside it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("leaf", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_entry",
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("seq", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("name", models.TextField(null=True)),
                ("audience", models.TextField()),
                ("salt", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
                ("sealed", models.BigIntegerField(null=True)),
                ("gone", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "chancery_body",
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="chancery_one_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", False), ("gone", None), ("salt__isnull", False)),
                            models.Q(("body", None), ("gone__isnull", False), ("name", None), ("salt", None)),
                            _connector="OR",
                        ),
                        name="chancery_whole_or_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("one", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("origin", models.TextField()),
                ("size", models.BigIntegerField()),
                ("latest", models.TextField()),
                ("peaks", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_head",
                "constraints": [models.CheckConstraint(condition=models.Q(("one", 1)), name="chancery_one_head")],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("first", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
                ("request", models.TextField()),
                ("payload", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_request",
                "constraints": [models.UniqueConstraint(fields=("request",), name="chancery_one_request")],
            },
        ),
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.TextField()),
                ("place", models.IntegerField()),
                ("keys", models.TextField()),
                ("text", models.TextField()),
            ],
            options={
                "db_table": "chancery_stretch",
                "constraints": [models.UniqueConstraint(fields=("file", "place"), name="chancery_stretch_place")],
            },
        ),
        plain_sql(__file__),
    ]
