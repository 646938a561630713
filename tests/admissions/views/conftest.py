"""Someone signed in, a filled-in entry form, and people to list."""

import pytest

from tests import factories


@pytest.fixture
def staff(client, district):
    client.force_login(district.staff)
    return client


@pytest.fixture
def form(district):
    reference = factories.candidate()
    return {
        "version": 0,
        "full_name": "Nguyễn Thị Hạnh",
        "born_on": "30/11/1998",
        "sex": "female",
        "citizen_id": "135746902",
        "ethnicity": reference.ethnicity_id,
        "religion": reference.religion_id,
        "education": "upper_secondary",
        "home_place": "Trung Nguyên, Yên Lạc, Vĩnh Phúc",
        "residence": "Thôn Tân Nguyên",
        "occupation": "farmer",
        "qualification": "none",
        "academic_title": "none",
        "branch": district.rural.pk,
        "listed_on": "16/02/2017",
        "helper": "Lê Văn Toản",
        "introduction": "two_members",
        "introducer": "Lê Văn Toản",
        "second_introducer": "Nguyễn Văn Thực",
    }


@pytest.fixture
def people(district):
    for name, branch in (
        ("Đỗ Thị Bình", district.rural),
        ("Trần Văn Anh", district.school),
        ("Đặng Văn Ánh", district.far),
        ("Lê Văn Đạt", district.rural),
    ):
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=name))
