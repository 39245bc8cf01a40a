"""A kernel's messages become a notebook's outputs, as nbclient makes them."""

from __future__ import annotations

import base64
from typing import Any

Message = dict[str, Any]
Output = dict[str, Any]

_OUTPUTS = ("execute_result", "display_data", "error")


class NotebookOutputs:
    """Gathers the outputs of one run of a notebook.

    Args:
        limit: bytes of output that are kept of a cell; what comes later is dropped.

    Attributes:
        limit: the same.
        counts: the execution counts of the cells that ran.
        truncated: the cells that put out more than is kept.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._cells: dict[int, list[Output]] = {}
        self._sizes: dict[int, int] = {}
        self._clear_next: set[int] = set()
        self._displays: dict[str, list[Output]] = {}
        self._widgets: dict[str, dict[str, Any]] = {}
        self._buffers: dict[str, dict[tuple[str, ...], Output]] = {}
        self._capturing: dict[str, list[str]] = {}
        self.counts: dict[int, int] = {}
        self.truncated: set[int] = set()

    def of(self, cell: int) -> list[Output]:
        """Return the outputs of a cell."""
        return self._cells.setdefault(cell, [])

    def take_over(self, cell: int, other: NotebookOutputs) -> None:
        """Take a cell's outputs, and its count, from another run."""
        self._cells[cell] = other.of(cell)
        self.counts[cell] = other.counts[cell]
        if cell in other.truncated:
            self.truncated.add(cell)

    def add(self, message: Message) -> None:
        """Take one message of a running cell."""
        kind, cell, content = message["type"], message["cell"], message["content"]
        display_id = (content.get("transient") or {}).get("display_id")
        if display_id and kind in ("execute_result", "display_data", "update_display_data"):
            self._update_display(display_id, content)
        if kind == "clear_output":
            self._clear(cell, wait=bool(content.get("wait")))
        elif kind in ("comm_open", "comm_msg", "comm_close"):
            self._take_comm(message)
        elif kind == "stream":
            self.add_stream(cell, content["name"], content["text"])
        elif kind in _OUTPUTS:
            self._append(cell, _output(kind, content), display_id)

    def add_stream(self, cell: int, name: str, text: str) -> None:
        """Take text that a cell wrote; text that follows on from the last output is joined to it."""
        outputs = self._target(cell)
        room = self._room(cell, len(text))
        if room < len(text):
            self.truncated.add(cell)
            text = text[:room]
            if not text and any(output.get("name") == name for output in outputs):
                return
        if outputs and outputs[-1]["output_type"] == "stream" and outputs[-1]["name"] == name:
            outputs[-1]["text"] += text
        else:
            outputs.append({"output_type": "stream", "name": name, "text": text})

    def widgets(self) -> Output:
        """Return the state of all widgets, as notebook metadata; empty if there are none."""
        if not self._widgets:
            return {}
        states: dict[str, Any] = {}
        for name, state in self._widgets.items():
            if "_model_name" not in state:
                continue
            states[name] = {
                "model_name": state.get("_model_name"),
                "model_module": state.get("_model_module"),
                "model_module_version": state.get("_model_module_version"),
                "state": state,
            }
            if self._buffers.get(name):
                states[name]["buffers"] = list(self._buffers[name].values())
        return {"application/vnd.jupyter.widget-state+json": {"state": states, "version_major": 2, "version_minor": 0}}

    def _append(self, cell: int, output: Output, display_id: str | None) -> None:
        outputs = self._target(cell)
        size = sum(len(value) for value in output.get("data", {}).values() if isinstance(value, str))
        if self._room(cell, size) < size:
            self.truncated.add(cell)
            return
        if display_id:
            self._displays.setdefault(display_id, []).append(output)
        outputs.append(output)

    def _target(self, cell: int) -> list[Output]:
        """Return the list that takes a cell's next output: the cell's own, or that of an Output widget."""
        hooks = self._capturing.get(f"cell-{cell}")
        if hooks:
            captured: list[Output] = self._widgets[hooks[-1]].setdefault("outputs", [])
            return captured
        outputs = self.of(cell)
        if cell in self._clear_next:
            self._clear_next.discard(cell)
            outputs.clear()
        return outputs

    def _room(self, cell: int, size: int) -> int:
        used = self._sizes.get(cell, 0)
        self._sizes[cell] = used + size
        return max(0, self.limit - used)

    def _clear(self, cell: int, *, wait: bool) -> None:
        if wait:
            self._clear_next.add(cell)
        else:
            self._target(cell).clear()

    def _update_display(self, display_id: str, content: Message) -> None:
        for output in self._displays.get(display_id, ()):
            output["data"] = content["data"]
            output["metadata"] = content["metadata"]

    def _take_comm(self, message: Message) -> None:
        content = message["content"]
        name, data = str(content.get("comm_id")), content.get("data") or {}
        state = data.get("state")
        if not isinstance(state, dict):
            return
        known = self._widgets.setdefault(name, {})
        known.update(state)
        for path, buffer in zip(data.get("buffer_paths") or (), message.get("buffers") or (), strict=False):
            piece = {"data": buffer, "encoding": "base64", "path": path}
            self._buffers.setdefault(name, {})[tuple(map(str, path))] = piece
        if known.get("_model_name") == "OutputModel" and "msg_id" in state:
            self._capture(name, str(state["msg_id"] or ""))

    def _capture(self, widget: str, request: str) -> None:
        """Begin to give a cell's output to an Output widget, or end it."""
        for hooks in self._capturing.values():
            if widget in hooks:
                hooks.remove(widget)
        if request:
            self._capturing.setdefault(request, []).append(widget)


def _output(kind: str, content: Message) -> Output:
    if kind == "error":
        return {
            "output_type": "error",
            "ename": str(content.get("ename", "")),
            "evalue": str(content.get("evalue", "")),
            "traceback": [str(line) for line in content.get("traceback") or ()],
        }
    output = {"output_type": kind, "data": _bundle(content["data"]), "metadata": content.get("metadata") or {}}
    if kind == "execute_result":
        output["execution_count"] = content.get("execution_count")
    return output


def _bundle(data: Message) -> Message:
    """Return a MIME bundle with bytes as base64 text, as a notebook's file has them."""
    return {
        str(kind): base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }
