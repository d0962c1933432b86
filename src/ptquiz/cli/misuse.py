"""Say in the learner's language what the parser of the command line found wrong."""

from __future__ import annotations

import re

import typer

from ptquiz.errors import Message, said

SENTENCES = (
    (
        r"No such command '(?P<name>.*)'\. Did you mean (?P<close>.*)\?",
        'there is no command "{name}". Did you mean {close}?',
    ),
    (r"No such command '(?P<name>.*)'\.", 'there is no command "{name}"'),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<close>.*)\)",
        "there is no option {name}. Did you mean {close}?",
    ),
    (r"No such option: (?P<name>\S+) Did you mean (?P<close>.*)\?", "there is no option {name}. Did you mean {close}?"),
    (r"No such option: (?P<name>\S+)", "there is no option {name}"),
    (r"Missing argument '(?P<name>.*)'\.", "missing argument {name}"),
    (r"Missing option '(?P<name>.*)'\.", "missing option {name}"),
    (r"Option '(?P<name>.*)' requires an argument\.", "the option {name} needs a value"),
    (r"Option '(?P<name>.*)' does not take a value\.", "the option {name} takes no value"),
    (r"Got unexpected extra argument\(s\) \((?P<names>.*)\)", "there is an argument too many: {names}"),
    (
        r"Invalid value for '(?P<name>.*)': (?P<value>.*) is not a valid (int|integer)( range)?\.",
        "{name} is {value}, which is no whole number",
    ),
    (
        r"Invalid value for '(?P<name>.*)': (?P<value>.*) is not in the range (?P<low>[\d.-]+)<=x<=(?P<high>[\d.-]+)\.",
        "{name} is {value}; it has to be from {low} to {high}",
    ),
    (
        r"Invalid value for '(?P<name>.*)': (?P<value>.*) is not in the range x>=(?P<low>[\d.-]+)\.",
        "{name} is {value}; it has to be at least {low}",
    ),
    (
        r"Invalid value for '(?P<name>.*)': (?P<value>.*) is not in the range (?P<range>.*)\.",
        "{name} is {value}; it has to be in the range {range}",
    ),
    (r"Invalid value for '(?P<name>.*)': (?P<reason>.*)", "{name} does not fit: {reason}"),
)
"""What the parser says, and how ptquiz says it; what is not here is passed on as it is."""


def misuse(error: typer.TyperException) -> tuple[str | Message, tuple[str | Message, ...]]:
    """Return what is wrong with a command line, and what to type to see what would be right."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "ptquiz"
    return _said(error.format_message()), (said("{command} --help lists what there is", command=command),)


def _said(message: str) -> str | Message:
    for pattern, sentence in SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            values = {name: _bare(name, value) for name, value in found.groupdict().items()}
            return Message(sentence, values)
    return message


def _bare(name: str, value: str) -> str:
    """Take the quotation marks off suggestions, which are to be typed, and of the names of an option take the first."""
    if name == "name":
        return value.split("' / '")[0]
    return value.replace("'", "") if name == "close" else value
