"""Time stamps of checkpoints."""

from django.db import migrations, models

import chancery.store.models
from chancery.store.plain import plain_sql


class Migration(migrations.Migration):
    """Made by Django, with plain SQL beside it."""

    dependencies = [
        ("chancery", "0002_checkpoints_and_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("place", chancery.store.models.Seq(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "chancery_stamp",
            },
        ),
        plain_sql(__file__),
    ]
