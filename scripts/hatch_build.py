"""Build hook: puts the starter of `handrail init` into the wheel, from the folders the repository itself uses."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STARTER = ("standards", "projects", "mkdocs.yml")


class StarterHook(BuildHookInterface[Any]):
    """Adds the starter to standard wheels; an editable install reads the folders in place."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it writes a wheel."""
        if version == "standard":
            build_data["force_include"].update({name: f"handrail/_starter/{name}" for name in STARTER})
