# SPDX-License-Identifier: MIT
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.recovery_code import looks_like_recovery_code, read_recovery_code, write_recovery_code

SECRETS = st.binary(min_size=16, max_size=16)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(SECRETS)
def test_a_code_reads_back_as_its_secret(secret: bytes) -> None:
    code = write_recovery_code(secret)
    assert read_recovery_code(code) == secret
    assert [len(group) for group in code.split("-")] == [4] * 8


@given(SECRETS)
def test_a_code_may_be_typed_small_and_without_dashes_and_with_look_alikes(secret: bytes) -> None:
    code = write_recovery_code(secret)
    typed = code.replace("-", " ").replace("0", "o").replace("1", "l").lower()
    assert read_recovery_code(typed) == secret


@given(SECRETS, st.integers(0, 31), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(secret: bytes, place: int, letter: str) -> None:
    bare = write_recovery_code(secret).replace("-", "")
    if bare[place] == letter:
        return
    slip = bare[:place] + letter + bare[place + 1 :]
    assert looks_like_recovery_code(slip)
    with pytest.raises(ValueError, match="one letter"):
        read_recovery_code(slip)


@given(st.text())
def test_any_text_reads_or_is_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert len(read_recovery_code(text)) == 16
