"""The book as data: one file a format, written beside the pages and printed by `watchword export`."""

from watchword.exports.files import FILES, QUICK, export, write_exports

__all__ = ["FILES", "QUICK", "export", "write_exports"]
