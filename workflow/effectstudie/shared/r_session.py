"""One R in this process: started at the first call, values to and fro by memory. Only `r_bridge` uses it.

R starts with `--vanilla`; what it writes to its console is dropped.
"""

import atexit
import functools
import os
import shutil
import warnings
from typing import Any

import numpy as np

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

INSTALL = say(
    "install R with MatchIt: `apt-get install r-base-core r-cran-matchit` on Debian, or create the conda environment "
    "in envs/."
)


def call(code: str, function: str, arguments: dict, seed: int) -> dict[str, Any]:
    """What `call` of the R functions in `code` gives for one of them: value, warnings, error."""
    ri, functions = functions_of(code)
    result = functions["call"](functions[function], _to_r(ri, arguments), ri.IntSexpVector([seed]))
    result = dict(zip(result.names, result, strict=True))
    error = [str(text) for text in result["error"]]
    return {
        "value": None if error else _from_r(ri, result["value"]),
        "warnings": [str(text) for text in result["warnings"]],
        "error": error,
    }


def _to_r(ri: Any, value: Any) -> Any:
    """A dictionary as a named list; numbers by memory, since one by one takes longer than the matching."""
    if isinstance(value, dict):
        vector = ri.ListSexpVector([_to_r(ri, item) for item in value.values()])
        vector.names = ri.StrSexpVector(list(value))
        return vector
    if value.dtype.kind in "iu":
        return ri.IntSexpVector.from_memoryview(memoryview(np.ascontiguousarray(value, dtype=np.int32)))
    return ri.FloatSexpVector.from_memoryview(memoryview(np.ascontiguousarray(value, dtype=float)))


def _from_r(ri: Any, value: Any) -> Any:
    if isinstance(value, ri.ListSexpVector):
        return {str(name): _from_r(ri, item) for name, item in zip(value.names, value, strict=True)}
    if isinstance(value, ri.IntSexpVector | ri.FloatSexpVector):
        return np.array(value.memoryview())
    return np.array(list(value))


@functools.cache
def functions_of(code: str) -> tuple[Any, dict[str, Any]]:
    """Start R once and read the functions of `code`; R refuses options once it runs, so they go first."""
    library_path = os.environ.get("LD_LIBRARY_PATH")
    try:
        from rpy2.rinterface_lib import callbacks, embedded

        if not embedded.isinitialized():
            embedded.set_initoptions(("rpy2", "--quiet", "--vanilla", "--no-save"))
        callbacks.consolewrite_print = callbacks.consolewrite_warnerror = lambda text: None
        from rpy2 import rinterface

        with warnings.catch_warnings():  # of variables that R sets in our environment
            warnings.simplefilter("ignore")
            rinterface.initr()
        # R inside another program leaves its temporary folder behind
        atexit.register(shutil.rmtree, rinterface.evalr("tempdir()")[0], ignore_errors=True)
    except Exception as error:  # rpy2 says a missing R in many ways (ImportError, OSError, ValueError, …)
        raise EffectstudieError(
            say("R could not be started ({kind}): {install}", kind=type(error).__name__, install=INSTALL)
        ) from error
    finally:
        # rpy2 puts R's libraries in the path of every program that this process starts, other Pythons among them
        os.environ.pop("LD_LIBRARY_PATH", None)
        if library_path is not None:
            os.environ["LD_LIBRARY_PATH"] = library_path
    functions = rinterface.evalr(code)
    return rinterface, dict(zip(functions.names, functions, strict=True))
