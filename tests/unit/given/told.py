"""What is told of an outcome."""

from given.outcome_facts import facts
from given.prose_reading import PHRASES, TEXTS

from effectstudie.report.prose.means import outcome_sentences
from effectstudie.shared import formats


def told(*args, **more):
    """The sentences, their no-break spaces as plain ones."""
    return [one.replace(formats.NBSP, " ") for one in outcome_sentences(facts(*args, **more), TEXTS, PHRASES)]
