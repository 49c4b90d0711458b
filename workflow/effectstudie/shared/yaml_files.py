"""Read configuration and definition files. Whether what they say is right, definitions/check_content.py tells."""

from pathlib import Path
from typing import Any

import yaml

from effectstudie.shared.errors import ConfigError


# the parser in C where PyYAML was built with it: every job of a run reads the configuration again
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML where a date stays text and a key that is written twice is an error."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping_without_duplicates(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict:
    written = [key for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    names = [loader.construct_object(key) for key in written]
    for name, key in zip(names, written, strict=True):
        if names.count(name) > 1:
            raise yaml.YAMLError(f"line {key.start_mark.line + 1}: key '{name}' stands here twice")
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping_without_duplicates)


def read_yaml(path: str | Path) -> Any:
    """The content of a YAML file; ConfigError when it cannot be read."""
    try:
        return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise ConfigError([f"{path}: there is no such file."]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path}: is not UTF-8 text; save it as UTF-8."]) from None
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise ConfigError([f"{path}: is not valid YAML: {reason}."]) from None
