"""With Snakemake itself, on a workflow of five small rules."""

from given.paths import ROOT
from given.whole_project import WholeProject

SNAKEFILE = f"""
import sys

sys.path.append("{ROOT}/workflow")
from effectstudie.running.unchanged import forget_what_is_forced, look_again


rule last:
    input: "c", "d", "e"
    output: "last"
    shell: "cat {{input}} > last; echo last >> ran"

rule a:  # a part of what is given
    input: "given"
    output: "a"
    params: record="record"
    shell: "head -c 1 given > a; echo a >> ran"

rule b:
    input: "a"
    output: "b"
    shell: "cp a b; echo b >> ran"

rule c:
    input: "b"
    output: "c"
    params: word=config.get("word", "word")
    shell: "cat b > c; echo {{params.word}} >> c; echo c >> ran"

rule d:
    input: "given", "a"
    output: "d"
    shell: "cat {{input}} > d; echo d >> ran"

rule e:
    input: "a"
    output: "e"
    shell: "cat a > e; echo e >> ran"


onstart:
    forget_what_is_forced(workflow.dag)
    look_again(workflow.dag)
"""


def test_what_reads_the_same_as_before_does_not_run_but_for_a_reason_of_its_own(tmp_path):
    project = WholeProject(tmp_path / "at", tmp_path)
    project.folder.mkdir()
    record = project.folder / "record"
    (project.folder / "Snakefile").write_text(SNAKEFILE)

    def run(given, *arguments):
        """Which rules a run runs, with what there is given."""
        (project.folder / "given").write_text(given)
        (project.folder / "ran").write_text("")
        project.run("--cores", "1", *arguments)
        return "".join(sorted((project.folder / "ran").read_text().replace("last", "L").split()))

    assert run("1 one") == "Labcde"
    assert run("1 two") == "Lad" and run("1 two") == ""
    assert run("2 two") == "Labcde"
    record.write_text("parts")
    assert run("2 one", "--config", "word=other") == "Lacd"
    (project.folder / "e").unlink()
    assert run("2 two", "--config", "word=other", "--forcerun", "c") == "Lacde" and record.exists()
    assert run("2 two", "--forceall") == "Labcde" and not record.exists()
