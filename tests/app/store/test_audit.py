# SPDX-License-Identifier: MIT
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.audit import AuditAction
from app.store.vault import Vault
from tests.app.store.vaults import agreed, opened, protect


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with opened(tmp_path) as opened_vault:
        agreed(opened_vault)
        yield opened_vault


def forced(vault: Vault, sql: str) -> None:
    """Change rows as somebody would who has the vault's key and takes the triggers away first."""
    with vault.database.write() as connection:
        connection.execute("DROP TRIGGER IF EXISTS audit_is_not_edited")
        connection.execute("DROP TRIGGER IF EXISTS audit_is_not_removed")
        connection.execute(sql)


def test_rows_say_who_did_what_to_which_code(vault: Vault) -> None:
    code = vault.clients.all()[0].code
    rows = list(vault.audit.rows())
    assert [row.action for row in rows] == [
        AuditAction.STORE_MADE,
        AuditAction.OPERATOR_ADDED,
        AuditAction.STORE_OPENED,
        AuditAction.CLIENT_ADDED,
        AuditAction.CONSENT_GIVEN,
    ]
    assert (rows[-1].operator, rows[-1].object) == (vault.keys.operator, code)
    assert vault.audit.first_fault() is None


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE audit SET operator = 'O-9999' WHERE number = 2", 2),
        ("UPDATE audit SET t_utc_s = t_utc_s + 1 WHERE number = 5", 5),
        ("UPDATE audit SET action = 'session_read' WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number > 0", 1),
        ("DELETE FROM audit_head", 6),
        ("INSERT INTO audit SELECT 6, t_utc_s, operator, action, object, chain FROM audit WHERE number = 5", 6),
    ],
    ids=["edited", "later", "first", "removed", "newest removed", "all removed", "head removed", "added"],
)
def test_a_row_that_was_changed_is_found(sql: str, number: int, vault: Vault) -> None:
    forced(vault, sql)
    assert vault.audit.first_fault() == number


def test_two_rows_that_changed_places_are_found(vault: Vault) -> None:
    forced(vault, "UPDATE audit SET number = 99 WHERE number = 2")
    forced(vault, "UPDATE audit SET number = 2 WHERE number = 3")
    forced(vault, "UPDATE audit SET number = 3 WHERE number = 99")
    assert vault.audit.first_fault() == 2


def test_the_tables_themselves_refuse_a_change(vault: Vault) -> None:
    with pytest.raises(Exception, match="audit"), vault.database.write() as connection:
        connection.execute("DELETE FROM audit")
    assert vault.audit.first_fault() is None


def test_reading_a_name_leaves_a_row(vault: Vault) -> None:
    protect(vault)
    code = vault.clients.all()[0].code
    vault.clients.set_name(code, "Ann")
    vault.clients.name(code)
    assert [row.action for row in vault.audit.rows()][-2:] == [AuditAction.NAME_SET, AuditAction.NAME_READ]
