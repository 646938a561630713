"""The procedure as dated data: one frozen file per set of regulations in force."""

from admissions.procedure.spec import CERTIFICATE, NoProcedure, Version, get, in_force, load, of

__all__ = ["CERTIFICATE", "NoProcedure", "Version", "get", "in_force", "load", "of"]
