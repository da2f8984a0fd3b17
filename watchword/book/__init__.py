"""The book: a specification and its run, turned into Markdown pages. Imports no site generator."""

from watchword.book.book import Book
from watchword.book.features import filled
from watchword.book.fences import FenceError, resolve
from watchword.book.pages import Edition, Page, pages, write_pages
from watchword.book.pictures import picture_files

__all__ = ["Book", "Edition", "FenceError", "Page", "filled", "pages", "picture_files", "resolve", "write_pages"]
