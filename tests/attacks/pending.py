# SPDX-License-Identifier: MIT
"""Rows whose mend has not landed yet; each goes from here with its mend. `--pending` runs them."""

PENDING: set[str] = set()
