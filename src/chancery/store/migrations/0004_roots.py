"""The roots of whole subtrees, so that a proof need not work the whole tree out."""

from django.db import migrations, models

from chancery.store.plain import plain_sql


class Migration(migrations.Migration):
    """Made by Django, with plain SQL beside it."""

    dependencies = [
        ("chancery", "0003_stamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Root",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tier", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tier", models.PositiveSmallIntegerField()),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_root",
            },
        ),
        plain_sql(__file__),
    ]
