"""Filling a Word template: what an uploaded one may hold, and the document that comes of it.

A template comes from outside and is not trusted. It may name values and test whether one is there. Attributes,
calls and loops are refused, so it cannot reach into the program or keep it busy.
"""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from admissions import procedure
from admissions.exceptions import Refused
from admissions.letters import registry
from admissions.letters.context import date_of_letter, letter_context, may_have_resolved, missing_values
from admissions.letters.kinds import IN_LINES, LETTERS, title_of
from admissions.models import Dossier

TEMPLATES = registry.LETTERS
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of a Word file."""

MAX_BYTES = 2**20
MAX_UNPACKED = 20 * 2**20

BLOCKS = tuple(qn(f"w:{tag}") for tag in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr"))
PARAGRAPH = Markup("<w:p><w:r><w:t>x</w:t></w:r></w:p>")
"""What stands for paragraphs and tables while a template is tried."""

PARAGRAPH_END = "\a"
"""How the renderer takes the end of a paragraph inside a value: what follows is one like it."""

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
FILTERS = ("upper", "lower")


class _Sandbox(SandboxedEnvironment):
    """Notes whatever a template may not hold; all parts of the file come through `from_string`."""

    def __init__(self, names):
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.names, self.unknown, self.forbidden = names, set(), set()

    def from_string(self, source, *args, **kwargs):
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise Refused(_("Chỗ “%(text)s” trong mẫu viết sai.") % {"text": _line(source, error)}) from error
        for node in tree.find_all(nodes.Node):
            if isinstance(node, nodes.Name) and node.name not in self.names:
                self.unknown.add(node.name)
            if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
                self.forbidden.add(_said(node))
        if self.unknown or self.forbidden:
            # It passes as plain text and is not run; what follows is still read, to list all such words.
            text = nodes.Output([nodes.TemplateData(source, lineno=1)], lineno=1)
            source = nodes.Template([text], lineno=1)
        return super().from_string(source, *args, **kwargs)


def _line(source, error):
    """The words of the paragraph with the error, without their markup."""
    lines = source.splitlines()
    words = re.sub(r"<[^>]*>", "", lines[min(error.lineno, len(lines)) - 1]).strip()
    return words[:80] or str(error.message)


def _said(node):
    """How a template's author would recognise what is not allowed."""
    if isinstance(node, nodes.Getattr):
        return f".{node.attr}"
    return f"|{node.name}" if isinstance(node, nodes.Filter) else type(node).__name__.lower()


def _open(data):
    """The Word file in `data`; raises `Refused` when it is none, or too large, packed or unpacked."""
    if len(data) > MAX_BYTES:
        raise Refused(_("Tệp mẫu lớn hơn 1 MB; bỏ bớt hình trong tệp."))
    no_word = _("Tệp này không phải là văn bản Word (.docx).")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            # The unpacker reads no more of a part than is declared here.
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(no_word) from error
    if unpacked > MAX_UNPACKED:
        raise Refused(_("Tệp mẫu mở ra lớn hơn 20 MB; tệp Word bình thường không lớn như vậy."))
    try:
        template = DocxTemplate(BytesIO(data))
        template.init_docx()
    except Exception as error:  # whatever a damaged part does to the parsers, it is no Word file
        raise Refused(no_word) from error
    return template


def fill_template(data: bytes, values: Mapping[str, str]) -> bytes:
    """The template `data` with `values` in it; raises `Refused` as `check_template` does."""
    template, sandbox = _open(data), _Sandbox(set(values))
    try:
        template.render(values, sandbox, autoescape=True)
        problems = _problems(sandbox)
        filled = BytesIO()
        template.save(filled)
    except Refused:
        raise
    except Exception as error:  # a stranger's markup broken by its own conditions fails in many ways
        raise Refused(
            _problems(sandbox) or [_("Tệp mẫu không điền được; soạn lại từ mẫu có sẵn.")]
        ) from error
    if problems:
        raise Refused(problems)
    return filled.getvalue()


def _problems(sandbox):
    problems = []
    if sandbox.unknown:
        problems.append(
            _("Mẫu dùng tên không có: %(names)s.") % {"names": ", ".join(sorted(sandbox.unknown))}
        )
    if sandbox.forbidden:
        problems.append(
            _("Mẫu chỉ được ghi tên trong ngoặc nhọn và điều kiện if; bỏ: %(what)s.")
            % {"what": ", ".join(sorted(sandbox.forbidden))}
        )
    return problems


def check_template(kind: str, data: bytes) -> None:
    """Try a template of `kind`, a key of `registry.ALL`, before it is kept.

    Raises `Refused`, in words: not a .docx, larger than 1 MiB or than 20 MiB unpacked, a placeholder written
    wrongly or where it cannot stand, names that the document does not have (all of them), more than names and
    conditions.
    """
    asked = registry.ALL[kind]
    filled = fill_template(data, dict.fromkeys(asked.labels, "x") | dict.fromkeys(asked.whole, PARAGRAPH))
    if not _in_their_places(filled):
        words = _("Ghi mỗi tên đúng như danh sách, ví dụ {{ %(name)s }}.") % {
            "name": next(iter(asked.labels))
        }
        if asked.whole:
            words += " " + _("Thay cả đoạn, trên dòng riêng: %(names)s.") % {
                "names": ", ".join(f"{{{{p {name} }}}}" for name in asked.whole)
            }
        raise Refused([words])


def _in_their_places(filled):
    """Whether every value of a filled document stands where Word reads it: words in text, paragraphs between them."""
    with zipfile.ZipFile(BytesIO(filled)) as packed:
        for name in packed.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                try:
                    root = etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False))
                except etree.XMLSyntaxError:
                    return False
                if any(_stray(element) for element in root.iter(*BLOCKS, qn("w:t"))):
                    return False
    return True


def _stray(element):
    if element.tag == qn("w:t"):
        return len(element) > 0
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def render_letter(
    kind: str, dossier: Dossier, template: bytes | None = None, on: date | None = None
) -> bytes:
    """The document `kind` for `dossier` as a .docx, from `template` or the one that comes with its layout.

    `on` dates a document that records neither a meeting nor a decision. Raises `Refused` when values are
    missing (all of them listed), when the meeting did not agree, or for what `check` refuses. Source: forms
    3, 6, 8, 9, 11, 13 and 15-KNĐ of HD 09-HD/BTCTW 2017 and HD 12-HD/BTCTW 2022.
    """
    title = title_of(kind, procedure.version_of(dossier))
    if lacking := missing_values(kind, dossier, on):
        raise Refused(
            _("Chưa lập được văn bản “%(title)s”, còn thiếu: %(what)s.")
            % {"title": title, "what": "; ".join(lacking)}
        )
    if LETTERS[kind].resolves and not may_have_resolved(kind, dossier):
        raise Refused(
            _("Biểu quyết không đạt nên không lập “%(title)s”.")
            % {"title": title_of(kind, procedure.version_of(dossier))}
        )
    values = letter_context(kind, dossier, on)
    values |= {name: values[name].replace("\n", PARAGRAPH_END) for name in IN_LINES if name in values}
    return fill_template(template or default_template(kind, date_of_letter(kind, dossier, on)), values)


def default_template(kind: str, day: date) -> bytes:
    """The template that comes with the layout of `day`; to be used as it is, or as a start for one's own."""
    return registry.ALL[kind].built_in(day)
