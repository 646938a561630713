"""Probes that note which lines of the project run, written down as `coverage` writes it."""

from pathlib import Path

from coverage import CoverageData
from slipcover import FileMatcher, ImportManager, Slipcover

KEEP = 10**9
"""How often a probe is met before SlipCover searches the functions to take it out of; the search costs more than it."""


class Probes:
    """Probes in every module below the folders `sources` that is imported from now on.

    `omit` are patterns of paths, as `coverage` takes them.
    """

    def __init__(self, sources, omit):
        self.sources = [Path(source).resolve() for source in sources]
        self.matcher = FileMatcher(sources=self.sources, omit=omit)
        self.probes = Slipcover(d_miss_threshold=KEEP)
        ImportManager(self.probes, self.matcher).__enter__()

    def lines(self):
        """{path: the lines that ran}, with the files that nobody imported."""
        files = (path for source in self.sources for path in source.rglob("*.py"))
        ran = {str(path): set() for path in files if self.matcher.matches(path)}
        for seen in (self.probes.all_seen, self.probes.newly_seen):
            for path, lines in seen.items():
                ran[path] = ran.get(path, set()) | lines
        return ran

    def write(self, name):
        """Write a file beside `name` that `coverage combine` takes in."""
        data = CoverageData(basename=name, suffix=True)
        data.add_lines(self.lines())
        data.write()
