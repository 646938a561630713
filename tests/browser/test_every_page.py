"""Every page, wide and narrow, light and dark, in both languages: no complaint, no sideways scroll, accessible."""

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/chi-tieu/?ky=2016",
    "/chi-tieu/?ky=2017",
    "/chi-tieu/?ky=2015-2020",
    "/chi-tieu/?ky=2016-01-01..2017-02-27",
    "/chi-tieu/ho-so/?ky=2016&so=rural",
    "/chi-tieu/giao/?ky=2016",
    "/chi-tieu/im-lang/?ky=2016",
    "/bao-cao/2016/4/",
    "/ho-so/",
    "/ho-so/?q=binh",
    "/ho-so/moi/",
    "/ho-so/chuyen-den/",
    "/ho-so/trung/",
    "/ho-so/2016/312/",
    "/ho-so/2016/312/sua/",
    "/ho-so/2016/312/giay-to/",
    "/ho-so/2016/318/viec/decide/",
    "/ho-so/viec-sua/",
    "/ho-so/2016/267/sua-so-lieu/",
    "/ho-so/2016/267/sua-viec/2/",
    "/ho-so/2016/312/viec/give_back/",
    "/don-vi/",
    "/don-vi/1/",
    "/phim-tat/",
    "/tai-khoan/",
    "/ho-so/hom-nay/",
    "/ho-so/tim/?q=do thi binh",
    "/ho-so/hop/",
    "/ho-so/?han=qua",
    "/ho-so/2016/312/van-ban/extract/",
    "/ho-so/2016/312/viec/move/",
    "/ho-so/2016/312/viec/extend/",
    "/danh-muc/",
    "/danh-muc/lich/?nam=2017&tu=05/12/2016&so=60",
    "/danh-muc/ly-do/",
    "/danh-muc/mau-van-ban/",
    "/danh-muc/so-van-ban/",
    "/danh-muc/tham-quyen/",
    "/quy-dinh/",
    "/quy-dinh/dinh-chinh/",
    "/chi-tieu/?ky=2017&don-vi=219",
    "/chi-tieu/?ky=2017&don-vi=224",
    "/chi-tieu/?ky=2016&don-vi=227",
    "/chi-tieu/xep-hang/?ky=2016&cot=nguon&im-lang=4",
    "/chi-tieu/im-lang/?ky=2016&im-lang=4",
    "/ho-so/?trang-thai=dang-lam&cot=gioi-tinh&cot=giup-do",
    "/chi-tieu/giao/de-nghi/?ky=2017",
    "/chi-tieu/dat/?ky=2016",
    "/chi-tieu/dat/?ky=2015-2020&so=rural",
    "/chi-tieu/dang-vien/",
    "/bao-cao/2016/1/",
    "/bao-cao/2016/2/",
    "/bao-cao/2016/2/da-khoa/?so=women",
    "/bao-cao/doi-chieu-ma/",
    "/bao-cao/chon/?ky=2016",
    "/bao-cao/danh-sach/?ky=2016-q4",
    "/bao-cao/loi/?ky=2016-q4",
    "/bao-cao/dang-so/?ky=2016-q4",
    "/bao-cao/dang-so/?ky=2016-q4&don-vi=219",
    "/khong-co/",
]
OF_THE_YEAR = [
    "/nguon/",
    "/nguon/?don-vi=219",
    "/nguon/?loc=nguon",
    "/nguon/giup-do/",
    "/nguon/giup-do/?loc=roi",
    "/nguon/lop/",
    "/nguon/lop/?nam=2016",
    "/nguon/lop/mo/",
    "/nguon/lop/cho/",
    "/nguon/lop/2/",
    "/nguon/lop/1/",
    "/nguon/lop/2/sua/",
    "/nguon/lop/2/nguoi/",
    "/nguon/lop/2/ket-qua/",
    "/nguon/lop/2/cap/",
    "/nguon/chuoi/",
    "/nguon/chuoi/?lua=1",
    "/nguon/chuoi/nguoi/?buoc=decided",
    "/theo-doi/",
    "/theo-doi/?don-vi=219",
    "/theo-doi/ra-soat/",
    "/theo-doi/ra-soat/?ky=2017-q1",
    "/theo-doi/ra-soat/danh-sach/?ky=2017-02",
    "/theo-doi/ra-soat/danh-sach/?ky=2017-02&loai=chua",
    "/theo-doi/ra-soat/nguoi/?so=sources",
    "/theo-doi/ra-soat/227/",
    "/theo-doi/ra-soat/227/2017-02/",
    "/theo-doi/ra-soat/225/2017-02/?sua=1",
    "/theo-doi/ra-soat/225/2017-01/",
    "/theo-doi/ra-soat/225/2017-q1/",
    "/theo-doi/kho-khan/",
    "/theo-doi/viec/",
    "/theo-doi/viec/?trang-thai=tat-ca",
    "/theo-doi/viec/1/",
    "/theo-doi/viec/60/",
    "/theo-doi/van-ban/",
    "/theo-doi/van-ban/moi/?ky=2017",
    "/theo-doi/van-ban/1/",
    "/theo-doi/van-ban/4/",
    "/theo-doi/van-ban/5/",
    "/theo-doi/van-ban/4/sua/",
    "/theo-doi/van-ban/4/nguoi/",
    "/theo-doi/van-ban/4/chi-bo/",
    "/theo-doi/van-ban/4/viec/",
    "/theo-doi/giai-trinh/",
    "/theo-doi/giai-trinh/moi/?ky=2017",
    "/theo-doi/giai-trinh/1/",
    "/theo-doi/giai-trinh/3/",
    "/theo-doi/bao-cao/?ky=2016",
    "/theo-doi/bao-cao/loi/?ky=2016",
    "/theo-doi/khen-thuong/?ky=2016",
    "/theo-doi/khen-thuong/4/",
    "/theo-doi/khen-thuong/5/",
    "/theo-doi/phu-trach/",
    "/theo-doi/phu-trach/6/",
    "/theo-doi/phu-trach/phan-cong/",
    "/theo-doi/to/",
    "/theo-doi/to/3/",
    "/theo-doi/buoi/",
    "/theo-doi/buoi/hen/",
    "/theo-doi/buoi/thieu-sot/",
    "/theo-doi/buoi/viec/",
    "/theo-doi/buoi/so-lieu/?so=sources",
    "/theo-doi/buoi/42/",
    "/theo-doi/buoi/43/",
    "/theo-doi/buoi/49/",
    "/theo-doi/buoi/49/du/",
]
"""All addresses of the year around admission that a GET reads."""
OF_OTHERS = {
    "trung-nguyen": [
        "/nguon/",
        "/nguon/giup-do/",
        "/nguon/lop/2/",
        "/theo-doi/",
        "/theo-doi/ra-soat/225/2017-02/?sua=1",
        "/theo-doi/khen-thuong/?ky=2016",
        "/theo-doi/giai-trinh/",
        "/ho-so/hom-nay/",
    ],
    "branch": ["/nguon/", "/nguon/giup-do/", "/theo-doi/", "/theo-doi/viec/", "/ho-so/hom-nay/"],
    "to-3": [
        "/theo-doi/to/3/",
        "/theo-doi/buoi/",
        "/theo-doi/buoi/43/",
        "/theo-doi/buoi/47/",
        "/theo-doi/buoi/47/du/",
        "/ho-so/hom-nay/",
    ],
    "phu-trach": ["/theo-doi/phu-trach/", "/theo-doi/buoi/44/", "/theo-doi/buoi/hen/", "/ho-so/hom-nay/"],
    "leader": ["/theo-doi/khen-thuong/4/", "/nguon/lop/2/", "/ho-so/hom-nay/"],
}
"""What others see otherwise: the commune, a branch, a team, a follower, the leader."""
OF_THE_ADMINISTRATOR = [
    "/bao-cao/2016/4/",
    "/bao-cao/2016/4/khoa/",
    "/bao-cao/2016/3/mo-lai/",
    "/chi-tieu/doi-chieu/",
    "/chi-tieu/giao/luoi/?ky=2017",
    "/chi-tieu/giao/moi/?ky=2017",
    "/danh-muc/mau-van-ban/",
    "/don-vi/thay-doi/",
    "/don-vi/thay-doi/moi/",
    "/don-vi/thay-doi/co-san/",
    "/don-vi/220/doi/",
    "/don-vi/220/doi/?viec=merge",
    "/don-vi/220/doi/?viec=split",
    "/don-vi/219/doi/?viec=base_branch",
]


@pytest.mark.parametrize("width", [1366, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_fit_and_are_accessible(open_as, width, theme):
    _look_at(open_as, {"district": PAGES, "admin": OF_THE_ADMINISTRATOR}, width, theme)


@pytest.mark.parametrize("width", [1366, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_the_year_fit_and_are_accessible(open_as, width, theme):
    _look_at(open_as, {"district": OF_THE_YEAR} | OF_OTHERS, width, theme)


def _look_at(open_as, pages, width, theme):
    """Each address is there, does not scroll sideways, and axe finds nothing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for username, urls in pages.items():
        page = open_as(username, width=width, theme=theme)
        for url in urls:
            assert page.goto(url).status == (404 if url == "/khong-co/" else 200), url
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
            found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], url


def test_the_pages_exist_in_english_too(open_as):
    page = open_as("district")
    page.locator(".mast-user summary").click()
    page.get_by_role("button", name="English").click()
    page.goto("/chi-tieu/?ky=2016")
    text = page.locator("main").inner_text()
    assert "109.8%" in text
    assert "rural branches" in text
    for url in PAGES + OF_THE_YEAR:
        page.goto(url)
        for word in ("Lưu", "Ghi ", "Đã ", "Chỉ tiêu", "kết nạp "):
            chrome = page.locator("h1, h2, button, label, nav, thead").all_inner_texts()
            assert not any(text.startswith(word) for text in chrome), (url, word)
