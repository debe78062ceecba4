# SPDX-License-Identifier: MIT
"""What the settings do with the store: its passphrases and its recovery code, and what is on record of one person.

Law: whoever changes a passphrase gives the one that holds; nothing of a person is told while the past is hidden.
"""

from app.archive_thread import ArchiveThread
from app.autolock import AutoLock, Place
from app.errors import AppError, Fault
from app.store.audit import AuditAction
from app.store.checklist import Condition
from app.store.unlock import Protection, open_keys, protection_of, set_passphrase, set_recovery_code, store_ways
from app.store.vault import Vault
from app.store.wishes import BOUNDS, NO_BREATH, Wishes
from app.store.wraps import WrapKind
from dsp.codes import Action
from dsp.stream import Command
from resources.words import gettext as _
from ui.archive.practice import Guard, KeyState, KeyWish, PersonRecord, PersonWish
from ui.archive.seam import Done, RecoveryCode, Task

_GUARDS = ((WrapKind.FILE, Guard.FILE), (WrapKind.KEYRING, Guard.KEYRING), (WrapKind.PASSPHRASE, Guard.PASSPHRASE))
_AUTHOR = "clinician"


class Practice:
    """The settings' part of the store; belongs to the worker's loop.

    Parameters
    ----------
    thread : ArchiveThread
        Works with the store.
    lock : AutoLock
        Knows what is hidden.
    """

    def __init__(self, thread: ArchiveThread, lock: AutoLock) -> None:
        self._thread = thread
        self._lock = lock

    def ask_keys(self) -> None:
        """Tell how the store is kept; nothing is opened for it."""
        self._thread.do(Task.KEYS, "", self._key_state, self._thread.tell)

    def protect(self, wish: KeyWish) -> None:
        """Set a passphrase, or make a new recovery code."""
        self._thread.do(Task.KEYS, "", lambda: self._protected(wish), self._thread.tell)

    def ask_person(self, code: str) -> None:
        """Tell what holds for a person."""
        self._thread.do(Task.PERSON, code, lambda: self._record(self._open(), code), self._thread.tell)

    def set_person(self, wish: PersonWish) -> None:
        """Put on record what holds for a person from their next session on."""
        done = Done(Task.PERSON, wish.code)
        self._thread.do(Task.PERSON, wish.code, lambda: self._put(wish), lambda _put: self._thread.tell(done))

    # on the archive's own thread

    def _key_state(self) -> KeyState:
        ways = store_ways(self._thread.place.folder)
        guard = next((guard for way, guard in _GUARDS if way in ways), Guard.NO_STORE)
        vault = self._thread.vault
        people = len(vault.operators.all()) if vault is not None else 0
        return KeyState(guard, WrapKind.RECOVERY in ways, people)

    def _protected(self, wish: KeyWish) -> KeyState:
        vault, owner = self._opened_by(wish.current)
        keys, place = vault.keys, self._thread.place
        if wish.passphrase:
            owner = vault.operators.named(wish.operator) if wish.operator else owner
            set_passphrase(keys, place.folder, place.safe, wish.passphrase, operator=owner)
            vault.audit.note_alone(AuditAction.PASSPHRASE_SET, owner)
        if not wish.passphrase or not keys.has_way(WrapKind.RECOVERY):
            code = set_recovery_code(keys)
            vault.audit.note_alone(AuditAction.RECOVERY_CODE_SET)
            self._thread.tell(RecoveryCode(code))
        return self._key_state()

    def _opened_by(self, current: str) -> tuple[Vault, str]:
        """Open the store by what holds now; give it, and the code of whose passphrase it was."""
        if self._thread.vault is None:
            vault = self._thread.opened(lambda: current)
            if protection_of(vault.keys) is Protection.PASSPHRASE:
                return vault, vault.keys.operator
        vault = self._open()
        if protection_of(vault.keys) is not Protection.PASSPHRASE:
            return vault, vault.keys.operator
        place = self._thread.place
        return vault, open_keys(place.folder, place.safe, lambda: current).operator

    def _open(self) -> Vault:
        if self._lock.is_hidden(Place.BEYOND):
            raise AppError(Fault.LOCKED, _("the past is hidden: the list of sessions opens it."))
        return self._thread.opened()

    def _record(self, vault: Vault, typed: str) -> PersonRecord:
        code = vault.clients.find(typed)
        checklist = vault.checklists.current(code)
        wishes = Wishes(vault.settings).of(code)
        return PersonRecord(
            code,
            None if checklist is None else tuple(sorted(checklist.conditions)),
            takes_breath=NO_BREATH not in wishes,
            has_own_bounds=BOUNDS in wishes,
            cards=tuple(str(dict(v).get("words", "")) for k, v in wishes.items() if k not in (NO_BREATH, BOUNDS)),
        )

    def _put(self, wish: PersonWish) -> None:
        vault = self._open()
        code = vault.clients.find(wish.code)
        if wish.conditions is not None:
            vault.checklists.set(code, map(Condition, wish.conditions))
        told = []
        if wish.takes_breath is not None:
            values = (("name", NO_BREATH), ("on", not wish.takes_breath))
            told.append(Command(0.0, Action.CONDITION, _AUTHOR, code, values))
        if wish.drops_bounds:
            told.append(Command(0.0, Action.BOUNDS, _AUTHOR, code, (("revert", True),)))
        Wishes(vault.settings).keep(code, told)
