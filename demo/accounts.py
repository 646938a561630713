"""The accounts of the demonstration, and what each may do."""

from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import Post, User
from accounts.roles import Role
from demo.units import District

PASSWORD = "yenlac-demo"  # noqa: S105 - printed by `make run`, refused outside a demonstration
ACCOUNTS = (
    ("district", "Phùng Thị Lan", Role.BOARD_STAFF, None),
    ("leader", "Nguyễn Văn Khánh", Role.BOARD_LEADER, None),
    ("admin", "Tạ Quang Huấn", Role.ADMINISTRATOR, None),
    ("trung-nguyen", "Đào Thị Nhung", Role.COMMUNE_COMMITTEE, ("Trung Nguyên",)),
    ("branch", "Nguyễn Văn Thực", Role.BRANCH_COMMITTEE, ("Trung Nguyên", "Tân Nguyên")),
)


def create_accounts(district: District) -> dict[str, User]:
    """The accounts of `ACCOUNTS` with their posts in `district`, by their names."""
    password, users = make_password(PASSWORD), {}
    for username, full_name, role, where in ACCOUNTS:
        user = User.objects.create(
            username=username, full_name=full_name, password=password, demonstration=True
        )
        unit = district.root if where is None else district.base[where[0]]
        if where and len(where) == 2:
            unit = district.branches[where]
        Post.objects.create(user=user, unit=unit, role=role, since=date(2011, 1, 1))
        users[username] = user
    return users
