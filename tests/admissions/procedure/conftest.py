"""The procedure with one more version."""

import pytest

from admissions.procedure.spec import FOLDER, load_versions


@pytest.fixture
def one_more(tmp_path):
    """The released files and, from 2028 on, a made-up one with a step of its own."""
    last = load_versions()[-1]
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if f'key = "{last.key}"' in text:
            text = text.replace("in_force_from", "in_force_to = 2027-12-31\nin_force_from", 1)
            titles = (
                'title = { vi = "Gặp mặt", en = "Interview" }\nactor = { vi = "Chi ủy", en = "Committee" }'
            )
            extra = f'\n[[steps]]\nkey = "interview"\n{titles}\ndate = ""\n'
            new = path.read_text(encoding="utf-8").replace(f'key = "{last.key}"', 'key = "made-up-2028"', 1)
            first = f"in_force_from = {last.in_force_from}"
            (tmp_path / "made-up.toml").write_text(new.replace(first, "in_force_from = 2028-01-01") + extra)
        (tmp_path / path.name).write_text(text)
    return tmp_path
