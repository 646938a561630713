"""People to list."""

import pytest

from tests import factories


@pytest.fixture
def people(district):
    for name, branch in (
        ("Đỗ Thị Bình", district.rural),
        ("Trần Văn Anh", district.school),
        ("Đặng Văn Ánh", district.far),
        ("Lê Văn Đạt", district.rural),
    ):
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=name))
