# SPDX-License-Identifier: MIT
"""Where Attune starts: its packages checked, its words bound, then the command line."""

import sys


def main() -> None:
    """Run the command line."""
    from app.errors import AppError
    from app.faults import tell_of_fault
    from app.folders import data_folder
    from app.packages import check_packages
    from app.settings import SettingsFile
    from app.texts import texts_folder
    from app.words import bind_words

    sys.excepthook = tell_of_fault  # before typer is imported: it keeps the hook that it finds
    try:
        check_packages()
    except AppError as error:
        sys.exit(f"attune: {error.detail}")
    folder = data_folder()
    settings = SettingsFile(folder).load()
    bind_words(folder, settings.language, texts=texts_folder(folder, settings.texts_folder))
    from app.cli.commands import commands

    commands(prog_name="attune")


if __name__ == "__main__":
    main()
