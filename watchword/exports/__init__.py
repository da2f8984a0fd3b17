"""The book as data: one file a format, written beside the pages and printed by `watchword export`."""

from watchword.exports.files import FILES, QUICK, export, write_exports
from watchword.exports.site import SiteTwins

__all__ = ["FILES", "QUICK", "SiteTwins", "export", "write_exports"]
