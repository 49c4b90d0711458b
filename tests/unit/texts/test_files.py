from effectstudie.texts.files import beside_texts, library_files, text_files


def write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("tekst")


def test_a_text_of_the_study_takes_the_place_of_the_general_one(tmp_path):
    write(tmp_path, "_general/aanpak.md", "_general/werving.md", "twente/aanpak.md", "drenthe/citaten.md")
    assert text_files("twente", tmp_path) == [str(tmp_path / "twente/aanpak.md"), str(tmp_path / "_general/werving.md")]


def test_literature_of_the_study_comes_last_and_what_changes_a_report_is_listed(tmp_path):
    names = ["_general/literatuur.yaml", "twente/literatuur.bib", "twente/literatuur.yaml", "twente/kaart.PNG"]
    write(tmp_path, *names, "twente/figuren.yaml", "drenthe/foto.png", "twente/notities.txt")
    places = [str(tmp_path / name) for name in ("_general/literatuur.yaml", "twente/literatuur.yaml")]
    libraries = [*places, str(tmp_path / "twente/literatuur.bib")]
    assert library_files("twente", tmp_path) == libraries
    brought = [str(tmp_path / "twente/kaart.PNG"), *libraries, str(tmp_path / "twente/figuren.yaml")]
    assert beside_texts("twente", tmp_path) == brought
