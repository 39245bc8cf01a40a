"""nbgrader's Execute preprocessor with the engine behind it; see `autograder.engine.inside`."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors

from autograder.engine.inside import run_in_engine
from autograder.engine.jobs import Rules


class Execute(preprocessors.Execute):  # type: ignore[misc]
    """Runs a notebook in the engine's warm process; takes the settings of nbgrader's own Execute."""

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run a notebook.

        Args:
            nb: the notebook.
            resources: nbconvert's resources, with the notebook's folder and name.
            km: a kernel's manager, which is not used.

        Raises:
            NotebookError: the run broke off; nbgrader reports the submission as failed.
        """
        rules = Rules(
            timeout=self.timeout if self.timeout and self.timeout > 0 else None,
            grace=self.iopub_timeout,
            timeout_error=dict(self.error_on_timeout or {}),
            kernel_name=self.kernel_name if "kernel_name" in self._trait_values else "",
            skip_tag=self.skip_cells_with_tag,
            record_timing=self.record_timing,
            store_widgets=self.store_widget_state,
            strict=False,
        )
        place = resources["metadata"]
        executed = run_in_engine(nb, str(place["name"]), str(place["path"]), rules)
        return nbformat.reads(executed.decode(), as_version=4), resources
