"""The paper that asks for the next awareness class: the queue, the paper's parts, who may make it."""

from datetime import date

import pytest

from oversight.documents.class_proposal import draft_class_proposal
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db


def test_it_counts_who_waits_by_unit_and_asks_for_the_next_class(district, course, sources, settings):
    settings.CLASS_SIZE_LEAST = 3
    lines = lines_of_file(draft_class_proposal(district.root, district.staff, date(2017, 2, 27)))
    assert lines[:3] == ["HUYỆN ỦY YÊN LẠC", "BAN TỔ CHỨC", "*"] and "TỜ TRÌNH" in lines
    text = "\n".join(lines)
    assert "mở khóa II năm 2017, lớp bồi dưỡng nhận thức về Đảng" in text
    assert "Kính gửi: Ban Thường vụ Huyện ủy Yên Lạc." in text
    assert "có 3 người được chi bộ đề nghị, cấp ủy cơ sở đồng ý cử học; đủ mức mở lớp là 3 người." in text
    assert "Người chờ lâu nhất chờ từ 01/12/2016" in text
    at = lines.index("Trung Nguyên")
    assert lines[at : at + 4] == ["Trung Nguyên", "2", "0", "0"]
    total = lines.index("Cộng")
    assert lines[total : total + 4] == ["Cộng", "3", "0", "0"]
    assert "dự kiến 3 học viên" in text and "Kính trình xem xét, quyết định." in text


def test_nobody_waits_and_no_class_was_held(district):
    text = "\n".join(lines_of_file(draft_class_proposal(district.root, district.staff, date(2017, 2, 27))))
    assert "không có ai chờ lớp" in text and "mở khóa I năm 2017" in text


def test_the_board_makes_it_from_the_queue_and_a_commune_does_not(client, district, sources):
    client.force_login(district.staff)
    assert "Lập tờ trình mở Khóa I năm 2017" in client.get("/nguon/lop/").content.decode()
    answer = client.post("/theo-doi/van-ban/to-trinh-mo-lop/")
    assert "TỜ TRÌNH" in lines_of_file(answer.content)
    client.force_login(district.commune)
    assert "Lập tờ trình" not in client.get("/nguon/lop/").content.decode()
    assert client.post("/theo-doi/van-ban/to-trinh-mo-lop/").status_code == 403
