"""Files of awareness classes, made at once: lists as workbooks, papers as Word files; only the reader's own people."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from accounts.models import Activity, User
from accounts.roles import Permission
from admissions.letters.word import CONTENT_TYPE
from admissions.models import AwarenessClass
from branches.request import UserRequest
from notation.dates import today
from notation.vietnamese import fold
from reports.exports import class_lists, class_papers, xlsx
from reports.exports.document import Document

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOKS: dict[str, Callable[[AwarenessClass, User], Document]] = {
    "de-cu": class_lists.nominations_document,
    "du-hoc": class_lists.attendance_document,
}
PAPERS: dict[str, Callable[[AwarenessClass, User], bytes]] = {
    "hoc-vien": class_papers.write_learners,
    "so-gcn": class_papers.write_register,
    "gcn": class_papers.write_certificates,
}


def download_class_file(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """One list or paper of a class, in Vietnamese for every reader."""
    course = get_object_or_404(AwarenessClass.objects.for_user(request.user).select_related("unit"), pk=pk)
    _require_export(request)
    name = f"{key}-{fold(course.name).replace(' ', '-')}"
    with override("vi"):
        if key in BOOKS:
            return _answer(request, f"{name}.xlsx", _book(BOOKS[key](course, request.user)), SHEET)
        if key in PAPERS:
            return _answer(request, f"{name}.docx", PAPERS[key](course, request.user), CONTENT_TYPE)
    raise Http404


def download_waiting_list(request: UserRequest) -> HttpResponse:
    """Who waits for a class today, as a workbook."""
    _require_export(request)
    with override("vi"):
        data = _book(class_lists.waiting_document(request.user))
    return _answer(request, f"cho-lop-{today():%Y-%m-%d}.xlsx", data, SHEET)


def _require_export(request):
    if not request.user.may(Permission.EXPORT):
        raise PermissionDenied


def _book(document):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        xlsx.write(path, document)
        return path.read_bytes()


def _answer(request, name, data, content_type):
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
