"""Rule protect_study: what of a study may not be published, because hidden numbers would follow from it."""

from pathlib import Path

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.audit.study import audit_study
from effectstudie.disclosure.audit.told import Told
from effectstudie.disclosure.limits import Limits
from effectstudie.release.inputs import read_results, read_steps
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, write_json

with log_to(snakemake.log[0], snakemake.input):
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    audited = audit_study(
        read_results(paths),
        params.study,
        outcomes_from(params.outcomes),
        Limits.of(params.privacy),
        read_steps(paths, params.study["approach"]),
        solutions=params.privacy["minimum_solutions"],
        seconds=params.privacy["audit_seconds"],
        beside={Path(path).parents[1].name: Told.of_json(read_json(path)) for path in paths.beside},
        earlier=[Told.of_json(read_json(path)["told"]) for path in paths.earlier],
    )
    write_json(list(audited.withheld), output.withheld)
    write_json(audited.told.as_json(with_truth=True), output.told)
    write_json(audited.as_json(), output.audit)
    print(f"{len(audited.hidden)} hidden counts, {len(audited.withheld)} numbers withheld for them")
