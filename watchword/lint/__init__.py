"""What the house asks of feature files beyond that they run: told with file, line, and how to mend it.

LintError    nothing can be judged; one sentence and what to do
"""

from watchword.lint.findings import Finding, LintError
from watchword.lint.linting import RULES, lint, mend

__all__ = ["RULES", "Finding", "LintError", "lint", "mend"]
