"""Rule write_quality: the data-quality page of a study."""

from pathlib import Path

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.quality import treat_quality
from effectstudie.quality.page import quality_html, quality_record
from effectstudie.release.inputs import read_steps
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_csv, read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    words = read_words(paths.words, *paths.texts)
    shown = treat_quality(
        **{name: read_csv(paths[name]) for name in ("answers", "warnings", "corrections", "recodes")},
        steps=read_steps(paths, params.study["approach"]),
        approach=params.study["approach"],
        limits=Limits.of(params.privacy),
        withheld=read_json(paths.withheld) if paths.withheld else [],
    )
    record = quality_record(
        study=params.study,
        manifests={Path(path).stem: read_json(path) for path in paths.manifests},
        never_given=read_csv(paths.never_given),
        shown=shown,
        words=words,
    )
    page, style = Path(snakemake.output.page), Path(paths.style).read_text(encoding="utf-8")
    html = quality_html(record, words, Path(paths.template).parent, style, page.name.replace("_kwaliteit", ""))
    replace_file(page, lambda path: path.write_text(html, encoding="utf-8"))
