# SPDX-License-Identifier: MIT
"""`make messages`: collect what the program says, bring every language up to date, and compile it.

English is its own catalogue: each sentence stands for itself, so that the list of all sentences is there at run time.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.catalogue import write_catalogue

_ROOT = Path(__file__).parent.parent
_LOCALE = _ROOT / "resources" / "locale"
_PACKAGES = ("app", "sensors", "ui", "resources")
_LANGUAGES = ("es",)
_WIDTH = 120
_OF_NO_USE = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Last-Translator',
    '"Report-Msgid',
    '"Language-Team',
)


def main() -> None:
    """Write the template, the catalogues and what is compiled from them; say what has no translation yet."""
    template = collect()
    (_LOCALE / "attune.pot").write_bytes(_po(template))
    _compile("en", english(template))
    for language in _LANGUAGES:
        path = _LOCALE / language / "LC_MESSAGES" / "attune.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _empty(language)
        if path.exists():
            with path.open("rb") as file:
                catalog = read_po(file, locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.write_bytes(_po(catalog))
        _compile(language, catalog)
        missing = [message.id for message in catalog if message.id and not is_translated(message.string)]
        sys.stdout.write(f"{language}: {len(catalog)} sentences, {len(missing)} without a translation\n")


def collect() -> Catalog:
    """Collect every sentence of the packages, in the order of files and lines."""
    catalog = _empty(None)
    for package in _PACKAGES:
        found = extract_from_dir(_ROOT / package, method_map=[("**.py", "python")], comment_tags=("L10n:",))
        for name, line, message, comments, context in found:
            place = [(f"{package}/{Path(name).as_posix()}", line)]
            catalog.add(message, locations=place, auto_comments=comments, context=context)
    return catalog


def english(template: Catalog) -> Catalog:
    """Let each sentence stand for itself."""
    catalog = _empty("en")
    for message in template:
        if message.id:
            catalog.add(message.id, string=message.id, context=message.context)
    return catalog


def words_of(catalog: Catalog) -> dict[str, str]:
    """Give a catalogue as it is compiled; sentences without a translation are left out."""
    words = {"": f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {catalog.plural_forms}\n"}
    for message in catalog:
        if message.id and is_translated(message.string):
            key = _joined(message.id)
            words[f"{message.context}\4{key}" if message.context else key] = _joined(message.string)
    return words


def is_translated(string: object) -> bool:
    """Tell whether every form of a sentence has its words."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _joined(forms: object) -> str:
    return "\0".join(forms) if isinstance(forms, tuple | list) else str(forms)


def _compile(language: str, catalog: Catalog) -> None:
    write_catalogue(_LOCALE / language / "LC_MESSAGES" / "attune.mo", words_of(catalog))


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language, project="Attune", version="0", header_comment="# SPDX-License-Identifier: MIT", fuzzy=False
    )


def _po(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=_WIDTH, sort_by_file=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_OF_NO_USE)).encode()


if __name__ == "__main__":
    main()
