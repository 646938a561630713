"""A version of the procedure as lines of a label and words, and two versions line by line.

Pure: nothing is read but the two versions. Clauses are printed and not compared, for every regulation numbers its
own; nor is how surely a line is known.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.procedure import wording
from admissions.procedure.spec import Version
from admissions.procedure.vocabulary import PHASES

GROUPS = {
    "force": gettext_lazy("Hiệu lực và thẩm quyền"),
    "regulations": gettext_lazy("Văn bản"),
    "conditions": gettext_lazy("Điều kiện của người vào Đảng"),
    "readmission": gettext_lazy("Kết nạp lại"),
    "votes": gettext_lazy("Biểu quyết"),
    "clocks": gettext_lazy("Thời hạn"),
    "steps": gettext_lazy("Các bước"),
    "papers": gettext_lazy("Giấy tờ"),
}
DOUBTS = {
    "verified": "",
    "secondary": gettext_lazy("đọc ở nguồn thứ cấp, chỉ nhắc"),
    "unverified": gettext_lazy("chưa kiểm chứng, chỉ nhắc"),
}


@dataclass(frozen=True)
class VersionLine:
    """What one version says of one thing; `key` is what makes it the same thing in another version.

    `note` is the smaller print, compared as the words are; `doubt` and `clause` are not.
    """

    group: str
    key: object
    label: str
    words: str
    clause: str = ""
    doubt: str = ""
    note: str = ""

    @property
    def says(self) -> tuple[str, str]:
        """What is compared."""
        return self.words, self.note


@dataclass(frozen=True)
class Pair:
    """One thing in two versions; None where a version has no such thing."""

    group: str
    label: str
    first: VersionLine | None
    second: VersionLine | None

    @property
    def sides(self) -> tuple[VersionLine | None, VersionLine | None]:
        return self.first, self.second

    @property
    def same(self) -> bool:
        return self.first is not None and self.second is not None and self.first.says == self.second.says


def lines_of_version(version: Version) -> list[VersionLine]:
    """Everything the version says, group after group in the order of `GROUPS`."""
    conditions, again = version.conditions, version.readmission
    return [
        VersionLine("force", "span", _("Hiệu lực"), wording.dates_in_force(version)),
        *_terms("force", wording.general_rules(version)),
        *_regulations(version),
        *_terms("conditions", wording.candidate_conditions(conditions), conditions),
        *_terms("readmission", wording.readmission_rules(again), again),
        *[_vote_line(body, rule) for body, rule in version.votes.items()],
        *[_clock_line(clock) for clock in version.clocks],
        *[_step_line(version, step) for step in version.steps],
        *[_paper_line(paper) for paper in version.papers],
    ]


def _vote_line(body, rule):
    return VersionLine(
        group="votes",
        key=body,
        label=wording.name_body(body),
        words=wording.share_in_words(rule),
        clause=rule.clause,
        doubt=DOUBTS[rule.confidence],
        note=wording.exclusions_in_words(replace(rule, exclusions_clause="")),
    )


def _clock_line(clock):
    return VersionLine(
        group="clocks",
        key=clock.key,
        label=str(clock.title),
        words=_clock_words(clock),
        clause=clock.clause,
        doubt=DOUBTS[clock.confidence],
        note=str(clock.note),
    )


def _step_line(version, step):
    return VersionLine(
        group="steps",
        key=step.key,
        label=str(step.title),
        words=str(step.actor),
        doubt=DOUBTS[step.confidence],
        note=_joined(step.note, wording.papers_of(version, step)),
    )


def _paper_line(paper):
    return VersionLine(
        group="papers",
        key=paper.code,
        label=paper.form,
        words=str(paper.title),
        doubt=DOUBTS[paper.confidence],
        note=_joined(paper.issuer, PHASES[paper.phase], wording.notes_on_paper(paper)),
    )


def compare_versions(a: Version, b: Version) -> list[Pair]:
    """Both versions line by line in the order of `a`; what only `b` has stands after what it follows there.

    A thing that has another name in `b` keeps its line; each name then stands with its own words. Where the steps
    that both have come in another order, one line more says so.
    """
    first_lines, second_lines = _by_key(a), _by_key(b)
    pairs = []
    for key in _merged(list(first_lines), list(second_lines)):
        one, other = first_lines.get(key), second_lines.get(key)
        label = (one or other).label
        if one and other and one.label != other.label:
            one, other = _named(one), _named(other)
        pairs.append(Pair(key[0], label, one, other))
    return _with_order(pairs, a, b)


def corrected_pairs(before: Version, after: Version) -> list[Pair]:
    """What an erratum changed: the lines of which words, note, clause or certainty are other, or that were added."""
    return [pair for pair in compare_versions(before, after) if pair.first != pair.second]


def _by_key(version):
    return {(line.group, line.key): line for line in lines_of_version(version)}


def _merged(first, second):
    """All keys of both, a key of `theirs` alone after the one before it there."""
    keys, place = list(first), 0
    for key in second:
        if key not in keys:
            keys.insert(place, key)
        place = keys.index(key) + 1
    return keys


def _named(line):
    return replace(line, words=f"{line.label}: {line.words}" if line.words else line.label)


def _with_order(pairs, a, b):
    """A line for the order of the steps where those of both versions do not follow each other alike."""
    shared = {step.key for step in a.steps} & {step.key for step in b.steps}
    orders = [[step for step in version.steps if step.key in shared] for version in (a, b)]
    if [step.key for step in orders[0]] == [step.key for step in orders[1]]:
        return pairs
    label = _("Thứ tự các bước")
    ways = [" → ".join(str(step.title) for step in steps) for steps in orders]
    place = max(n for n, pair in enumerate(pairs) if pair.group == "steps") + 1
    first, second = (VersionLine("steps", "order", label, words) for words in ways)
    return [*pairs[:place], Pair("steps", label, first, second), *pairs[place:]]


def _terms(group, terms, rules=None):
    clause, doubt = (rules.clause, DOUBTS[rules.confidence]) if rules else ("", "")
    return [VersionLine(group, n, label, words, clause, doubt) for n, (label, words) in enumerate(terms)]


def _regulations(version):
    """Regulations by what they are, not by number: the next instruction takes the line of the one before."""
    by_title = {}
    for row in version.regulations:
        by_title.setdefault(str(row.title), []).append(wording.name_regulation(row))
    return [
        VersionLine("regulations", title, title, "; ".join(documents))
        for title, documents in by_title.items()
    ]


def _joined(*parts):
    return " · ".join(filter(None, map(str, parts)))


def _clock_words(clock):
    """The limit with what may lengthen it, in one sentence without its end."""
    parts = (wording.clock_in_words(clock), wording.extension_in_words(clock), wording.on_return(clock))
    return "; ".join(filter(None, parts))
