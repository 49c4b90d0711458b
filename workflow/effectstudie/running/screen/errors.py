"""What goes wrong in a run, told once: the reason and what to do, without what Snakemake says around it."""

import logging
import re
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from effectstudie.shared.logs import SHOWN

# What says nothing to an analyst at any moment of a run.
NOISE = re.compile(
    "Config file .* is extended by|Building DAG|DAG of jobs|Updating checkpoint|Select jobs|Using shell|host: |"
    "Assuming unrestricted|Conda environments: ignored|Singularity containers: ignored|Activating singularity image|"
    "Removing temporary|Removing output files of failed job|Complete log|Elapsed time|Shutting down, this might|"
    "Exiting because a job|Restored previous version|Will exit after finishing currently running"
)
INTERRUPTED = "Terminating processes on user request"
_FAILED = "At least one job did not complete successfully."
# The kinds of errors whose text is for a person; others keep their traceback, for those who maintain the program.
_TOLD = ("WorkflowError", "InputFunctionException", "MissingRuleException", "LockException")
_AROUND = re.compile(r'\w+(?: in (?:rule \w+ in )?file "[^"]*", line \d+)?:\n')
_FRAMES = re.compile(r'(?:\n *File "[^"]*", line \d+, in .*)+\s*$')
_OF_INPUT = re.compile(r"\s*Error:\n(?:\s*\w*(?:Error|Exception):\n)?(.*?)\nWildcards:\n.*", re.DOTALL)
_NO_RULE = re.compile(r"No rule to produce (.+?) \(if you use input functions")


class PlainFormatter(logging.Formatter):
    """Formats as `other` does, but errors and interruptions in the words of an analyst.

    `words`: resources/words/running.nl.yaml. `unknown`: gives the sentence on a name that nothing makes; it is set once
    it is known what can be asked for.
    """

    def __init__(self, other: logging.Formatter, words: Mapping[str, Any]):
        super().__init__()
        self._other, self._words = other, words["errors"]
        self.interrupted = False
        self.unknown: Callable[[str], str] = "{}".format

    def format(self, record: logging.LogRecord) -> str:
        event, message = getattr(record, "event", None), record.getMessage()
        if event is None and message.startswith(INTERRUPTED):
            self.interrupted = True
            return self._words["stopping"]
        if event is None and NOISE.match(message):
            return ""
        if event in ("job_error", "group_error"):
            return "" if self.interrupted else self._of_job(record)
        if event == "error":
            return self._of_error(getattr(record, "exception", ""), message)
        return self._other.format(record)

    def _of_job(self, record: logging.LogRecord) -> str:
        logs = getattr(record, "log", None) or [
            log for job in getattr(record, "job_error_info", []) for log in job["log"]
        ]
        told = [text for log in logs for text in (self._reason(log), self._words["log"].format(log=log)) if text]
        return "\n".join(told)

    def _reason(self, log: str) -> str:
        """What a log ends with; nothing where the step told it on the screen itself."""
        try:
            text = Path(log).read_text(encoding="utf-8").rstrip()
        except (OSError, UnicodeDecodeError):
            text = ""
        return "" if text.endswith(SHOWN) else text or self._words["no_reason"]

    def _of_error(self, exception: str, message: str) -> str:
        if exception == "RuleException" and "CalledProcessError in file" in message:
            return ""  # the step or its log says why
        if exception not in _TOLD:
            return message
        text = plain(message)
        if text == _FAILED:
            return self._words["interrupted" if self.interrupted else "failed"]
        if missing := _NO_RULE.match(text):
            return self.unknown(missing[1])
        return text


def plain(message: str) -> str:
    """The text of an error without the places in the program where it was raised."""
    text = _FRAMES.sub("", _AROUND.sub("", message, count=1))
    if of_input := _OF_INPUT.fullmatch(text):
        text = textwrap.dedent(of_input[1])
    return text.strip()
