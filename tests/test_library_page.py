# SPDX-License-Identifier: MIT
"""The examples of docs/library.md run as they stand and print what the page says."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

_PAGE = (Path(__file__).parents[1] / "docs" / "library.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"^## ([^\n]+)\n.*?```python\n(.*?)```\n\n```text\n(.*?)```", _PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_has_its_three_examples() -> None:
    assert len(_EXAMPLES) == 3


@pytest.mark.parametrize(("name", "code", "output"), _EXAMPLES, ids=[name for name, _, _ in _EXAMPLES])
def test_an_example_prints_what_the_page_says(name: str, code: str, output: str) -> None:
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(code, name, "exec"), {})  # noqa: S102  # the page is ours
    assert printed.getvalue() == output
