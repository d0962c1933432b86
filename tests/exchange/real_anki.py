"""What only Anki's own library can do; run with an interpreter that has `anki`, never imported by the tests.

python real_anki.py samples FOLDER       make the packages and text files in `samples`
python real_anki.py import FILE FOLDER   import a package, print what came of it, export it again
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

CODE = "<pre><code>x = torch.ones(2)\ny = x &lt; 2\n    # &quot;quoted&quot;</code></pre>"
NOTES: list[tuple[str, list[str], list[str]]] = [
    (
        "Basic",
        ["Is <code>x &lt; y</code> a tensor?", f"Yes, of dtype <b>bool</b>.<br>{CODE}"],
        ["torch::ops", "Deep_Learning"],
    ),
    ("Basic (and reversed card)", ["List[int]", "a list of ints"], []),
    ("Cloze", ["The {{c1::mean}} and {{c2::variance::second moment}} of {{c1::batch norm}}", "More about it"], []),
    (
        "Basic",
        [
            'What is on <img src="picture.png">?[sound:a.mp3]',
            "A picture<div>and more</div><ul><li>one</li><li>two</li></ul>",
        ],
        [],
    ),
]


def make_samples(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        collection = Collection(str(Path(home) / "collection.anki2"))
        deck = collection.decks.id("Systems::Torch")
        picture = Path(home) / "picture.png"
        picture.write_bytes(b"not really a picture")
        collection.media.add_file(str(picture))
        for type_, fields, tags in NOTES:
            note = collection.new_note(collection.models.by_name(type_))
            note.fields[: len(fields)] = fields
            note.tags = tags
            collection.add_note(note, deck)
        limit = DeckIdLimit(deck)
        export(collection, folder, "anki", limit)
        named = {"with_tags": True, "with_deck": True, "with_notetype": True, "with_guid": True, "with_html": True}
        collection.export_note_csv(out_path=str(folder / "anki-notes.txt"), limit=limit, **named)
        bare = dict.fromkeys(named, False)
        collection.export_note_csv(out_path=str(folder / "anki-plain.txt"), limit=limit, **bare)
        collection.close()


def reimport(packages: list[Path], folder: Path) -> None:
    """Import packages one after the other into one collection; print what each did and what is there at last."""
    with tempfile.TemporaryDirectory() as home:
        collection = Collection(str(Path(home) / "collection.anki2"))
        done = []
        for package in packages:
            options = ImportAnkiPackageOptions(merge_notetypes=True)
            request = ImportAnkiPackageRequest(package_path=str(package), options=options)
            log = collection.import_anki_package(request).log
            done.append({"new": len(log.new), "updated": len(log.updated), "same": len(log.duplicate)})
        notes = [collection.get_note(id_) for id_ in collection.find_notes("")]
        shown = [
            {
                "guid": note.guid,
                "fields": note.fields,
                "tags": note.tags,
                "shown": note.cards()[0].render_output().answer_text,
                "deck": collection.decks.name(note.cards()[0].did),
            }
            for note in notes
        ]
        export(collection, folder, "again", None)
        collection.close()
    sys.stdout.write(json.dumps({"imports": done, "notes": shown}))


def export(collection: Collection, folder: Path, name: str, limit: DeckIdLimit | None) -> None:
    for container, legacy in (("current", False), ("legacy", True)):
        options = ExportAnkiPackageOptions(with_media=True, legacy=legacy)
        collection.export_anki_package(out_path=str(folder / f"{name}-{container}.apkg"), options=options, limit=limit)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["samples", folder]:
            make_samples(Path(folder))
        case ["import", *packages, folder]:
            reimport([Path(package) for package in packages], Path(folder))
        case _:
            sys.exit(__doc__)
