# SPDX-License-Identifier: MIT
import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress

import pytest

from sensors.pump import pump
from tests.virtual_time import run_virtual


async def counting(emit: Callable[[int], None]) -> None:
    for k in range(3):
        emit(k)
        await asyncio.sleep(1)


def test_what_a_task_emits_is_read_in_order_until_it_ends() -> None:
    async def scene() -> list[int]:
        return [k async for k in pump(counting)]

    assert run_virtual(scene()) == [0, 1, 2]


def test_a_fault_of_the_task_reaches_the_reader_after_what_it_emitted() -> None:
    async def failing(emit: Callable[[int], None]) -> None:
        await counting(emit)
        raise LookupError("a fault")

    async def scene() -> list[int]:
        async with aclosing(pump(failing)) as items:
            seen = [await anext(items) for _ in range(3)]
            with pytest.raises(LookupError, match="a fault"):
                await anext(items)
        return seen

    assert run_virtual(scene()) == [0, 1, 2]


def test_closing_waits_until_the_task_has_cleaned_up() -> None:
    async def scene() -> float:
        async def slow_to_end(emit: Callable[[int], None]) -> None:
            try:
                await counting(emit)
            finally:
                await asyncio.sleep(2)

        async with aclosing(pump(slow_to_end)) as items:
            await anext(items)
        return asyncio.get_running_loop().time()

    assert run_virtual(scene()) == 2


def test_a_cancellation_that_a_library_swallows_is_asked_for_again() -> None:
    async def scene() -> float:
        async def deaf_once(emit: Callable[[int], None]) -> None:
            emit(0)
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(1000)
            await asyncio.sleep(1000)

        async with aclosing(pump(deaf_once)) as items:
            await anext(items)
        return asyncio.get_running_loop().time()

    assert run_virtual(scene()) < 4
