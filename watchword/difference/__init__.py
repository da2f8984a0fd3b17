"""What a change does to a specification: two sides compared, for whoever reviews it.

    DifferenceError    a side cannot be read; one sentence and what to do

Only what is written counts. A file that does not parse on one side is named, and the others are compared.
"""

from watchword.difference.comparison import compare
from watchword.difference.markdown import as_markdown
from watchword.difference.model import Difference, DifferenceError
from watchword.difference.sides import Side, side
from watchword.difference.verdicts import with_verdicts

__all__ = ["Difference", "DifferenceError", "Side", "as_markdown", "compare", "side", "with_verdicts"]
