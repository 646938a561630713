"""The procedure as dated data: one frozen file per set of regulations in force."""

from admissions.procedure.spec import (
    CERTIFICATE,
    NoProcedure,
    Version,
    get_version,
    load_versions,
    version_in_force,
    version_of,
)

__all__ = [
    "CERTIFICATE",
    "NoProcedure",
    "Version",
    "get_version",
    "load_versions",
    "version_in_force",
    "version_of",
]
