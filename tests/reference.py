"""Write docs/reference from the code: `python -m tests.reference [--check]`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from chancery.cli.add import add, common_options
from chancery.cli.fields import HOW_TO_WRITE
from chancery.cli.kinds import vocabulary_page
from chancery.cli.main import chancery
from chancery.cli.new import schema_file
from chancery.languages import Reader
from chancery.views.reference import reference as views_page
from tests.rules_page import page as rules_page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

COMMANDS = """\
# Commands

Written from the code by `make reference`; do not edit it by hand.

Exit codes: 0 done; 1 something is wrong with the input, which is shown at its file, line and field; 2 wrong usage.
A command that is cut off by its reader (`| head`) ends without a word.
"""
BY_HAND = frozenset({"verification.md"})
"""Pages of the folder that people write."""
MARK = "<!-- Written from the code by `make reference`; do not edit it by hand. -->\n\n"


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    return {
        "kinds.md": MARK + vocabulary_page(Reader()),
        "record.schema.json": schema_file().decode(),
        "commands.md": COMMANDS + "".join(line for name, command in commands() for line in section(name, command)),
        "rules.md": rules_page(),
        "views.md": views_page(),
    }


def commands(group: click.Group = chancery, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands in the order in which they are listed, each with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")


def section(name: str, command: click.Command) -> Iterator[str]:
    """What one command takes and does."""
    context = click.Context(command, info_name=command.name)
    usage = " ".join(["chancery", name, *command.collect_usage_pieces(context)])
    yield f"\n## {name}\n\n    {usage}\n\n{described(command)}\n"
    more: list[click.Parameter] = common_options() if command is add else []
    if more:
        yield f"\nEach field of the kind is an option, `--on-behalf-of` for `on_behalf_of`. {HOW_TO_WRITE}\n"
    options = [param for param in (*command.params, *more) if isinstance(param, click.Option)]
    if options:
        yield "\n| option | what it does |\n| --- | --- |\n"
        yield from (option_row(option) for option in options)


def described(command: click.Command) -> str:
    """A command's help, each paragraph on one line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")).strip()


def option_row(option: click.Option) -> str:
    """One row of a command's table of options."""
    names = "/".join([*option.opts, *option.secondary_opts])
    if isinstance(option.type, click.Choice):
        names = f"{names} {'|'.join(map(str, option.type.choices))}".replace("|", "\\|")
    elif not option.is_flag:
        names = f"{names} {option.metavar or 'TEXT'}"
    marks = ["Needed."] if option.required else []
    if option.show_default and option.default is not None:
        marks.append(f"Default: {option.default}.")
    return f"| `{names}` | {' '.join([option.help or '', *marks]).strip()} |\n"


def differing() -> list[str]:
    """The files that are not what the code would write, and those that it would not write at all."""
    wanted = pages()
    found = FOLDER.iterdir() if FOLDER.is_dir() else ()
    held = {path.name: path.read_text("utf-8") for path in found if path.name not in BY_HAND}
    return sorted(name for name in {*wanted, *held} if wanted.get(name) != held.get(name))


def write() -> None:
    """Write every page, and take away any other file but those that people write."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.iterdir():
        if path.name not in wanted and path.name not in BY_HAND:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


def main(words: list[str]) -> int:
    """Write, or with --check only compare. Exit code 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a page differs")
    if not parser.parse_args(words).check:
        write()
        return 0
    found = differing()
    for name in found:
        sys.stderr.write(f"docs/reference/{name} is not what the code would write; type `make reference`\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
