"""Invents an archive: the same seed gives the same bytes on every machine.

    python invent.py --out DIR [--reports 20000] [--seed 1]

Stories have people, places, figures and words of their own. An agency tells each first; outlets print that as it is, frame
it, edit it or rewrite it with a figure bent, and tell it themselves; some stories run over midnight or several days. The
reports lie in JSON Lines, web archives, Parquet and plain text. Some have no date, some share an id, some lines and files
are damaged.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

T = TypeVar("T")

BEGIN = datetime(2025, 3, 3, 5, 0, tzinfo=timezone.utc)
DAYS = 8


class Dice:
    """A small generator of numbers, the same on every machine."""

    def __init__(self, seed: int) -> None:
        self.state = seed % 2**64

    def roll(self, sides: int) -> int:
        """Returns a number below `sides`."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        mixed = (self.state ^ (self.state >> 29)) * 0xBF58476D1CE4E5B9 % 2**64
        return (mixed >> 32) % sides

    def pick(self, choices: list[T]) -> T:
        """Returns one of them."""
        return choices[self.roll(len(choices))]

    def chance(self, percent: int) -> bool:
        """Tells whether a chance comes true."""
        return self.roll(100) < percent

    def zipf(self, most: int) -> int:
        """Returns a number below `most`, small ones far oftener."""
        return min(most - 1, most // (1 + self.roll(most)))


FIRST = "Bra Cor Dal Es Fen Gor Hal Il Jar Kel Lor Mar Nor Os Pel Ren Sul Tor Ul Ves Wen Yar Zol Ash Bel".split()
NEXT = "dan ver mo ric tha len sor vin ka berg nel ra ston wick da mer lo fen gard is ul tem bo rin sa".split()


def name(dice: Dice, syllables: int) -> str:
    """Returns an invented name."""
    return dice.pick(FIRST) + "".join(dice.pick(NEXT) for _ in range(syllables - 1))


@dataclass(frozen=True)
class Language:
    """How a language tells a story: each row is one paragraph in several wordings."""

    code: str
    events: list[tuple[str, str]]
    leads: list[str]
    rows: list[list[str]]
    colour: list[str]
    title: list[str]
    furniture: list[str]
    frame: str


ENGLISH = Language(
    "en",
    [("fire", "a furniture warehouse"), ("flood", "the lower town"), ("train crash", "a level crossing"),
     ("strike", "the glass works"), ("measles outbreak", "two primary schools"), ("landslide", "the quarry road"),
     ("blackout", "the northern substation"), ("gas explosion", "a grain store")],
    ["{people} people were hurt on {weekday} in a {event} at {place} in {city}, the civil guard said.",
     "A {event} at {place} has left {people} people injured in {city}, officials said on {weekday}.",
     "Crews in {city} worked through {weekday} after a {event} at {place} in which {people} people were injured."],
    [["It began at about {hour} a.m. near the {river}, {chief}, who heads the service, told reporters.",
      "The first call came shortly after {hour} a.m., {chief} said. \"We had minutes, not hours.\""],
     ["About {homes} homes along the {river} had no power until the evening.",
      "Some {homes} households near the {river} were cut off for most of the day, the council of {city} said."],
     ["Mayor {mayor} put the damage at {millions} million euros.",
      "\"This will take {city} years,\" said {mayor}, the mayor, who estimated the damage at {millions} million euros."],
     ["{company}, which runs the site, said that it was cooperating with investigators.",
      "A spokesman for {company} declined to comment. The company has paid fines since {year}."]],
    ["Witnesses spoke of the {0} and the {1} beside the {2}, and of a {3} that nobody had seen since the {4}.",
     "In the {0} they remember the {1} of {year}, when the {2} and the {3} were lost in the {4}."],
    ["{Event} in {city}: {people} people hurt", "{city} counts the cost after {event} at {place}"],
    ["Sign up for the morning letter of the {outlet}.", "Follow the {outlet} on all channels."],
    "The {outlet} looks at what is known so far about the events in {city}, and asks what comes next for those who live there.")

SPANISH = Language(
    "es",
    [("incendio", "un almacén de muebles"), ("derrumbe", "la carretera de la cantera"), ("apagón", "la subestación del norte"),
     ("choque de trenes", "un paso a nivel"), ("brote", "dos escuelas primarias"), ("escape de gas", "la fábrica de vidrio")],
    ["{people} personas resultaron heridas el {weekday} en un {event} en {place} de {city}, informó la guardia civil.",
     "Un {event} en {place} dejó {people} heridos en la ciudad de {city}, según las autoridades."],
    [["Todo empezó hacia las {hour} de la mañana cerca del río {river}, dijo {chief}, jefe del servicio.",
      "La primera llamada llegó poco después de las {hour}, explicó {chief}. «Tuvimos minutos, no horas.»"],
     ["Unas {homes} viviendas junto al {river} quedaron sin luz hasta la noche.",
      "Cerca de {homes} hogares próximos al {river} pasaron sin corriente casi todo el día, según el ayuntamiento."],
     ["El alcalde {mayor} cifró los daños en {millions} millones de euros.",
      "«Esto le costará años a {city}», dijo el alcalde {mayor}, que calculó {millions} millones de euros en daños."],
     ["La empresa {company}, que explota el lugar, aseguró que colabora con los investigadores.",
      "Un portavoz de {company} no quiso hacer comentarios. La empresa ha pagado multas desde {year}."]],
    ["Los testigos hablaron del {0} y de la {1} junto al {2}, y de un {3} que nadie había visto desde el {4}.",
     "En el barrio recuerdan el {0} de {year}, cuando el {1} y la {2} se perdieron entre el {3} y el {4}."],
    ["{Event} en {city}: {people} heridos", "{city} hace balance tras el {event}"],
    ["Suscríbase al boletín de la mañana de {outlet}.", "Siga a {outlet} en todas las redes."],
    "{outlet} repasa lo que se sabe hasta ahora de lo ocurrido en {city} y pregunta qué viene después para los vecinos.")

GERMAN = Language(
    "de",
    [("Brand", "einem Möbellager"), ("Erdrutsch", "der Steinbruchstraße"), ("Stromausfall", "dem nördlichen Umspannwerk"),
     ("Zugunfall", "einem Bahnübergang"), ("Streik", "der Glashütte"), ("Dammbruch", "der unteren Stadt")],
    ["{people} Menschen sind am {weekday} bei einem {event} in {place} in {city} verletzt worden, teilte die Feuerwehr mit.",
     "Nach einem {event} in {place} sind in {city} {people} Verletzte gezählt worden, wie die Behörden mitteilten."],
    [["Es begann gegen {hour} Uhr am Morgen in der Nähe der {river}, sagte {chief}, der Leiter des Dienstes.",
      "Der erste Anruf kam kurz nach {hour} Uhr, sagte {chief}. „Wir hatten Minuten, keine Stunden.“"],
     ["Etwa {homes} Häuser an der {river} waren bis zum Abend ohne Strom.",
      "Rund {homes} Haushalte nahe der {river} blieben fast den ganzen Tag ohne Strom, wie die Stadt {city} mitteilte."],
     ["Bürgermeisterin {mayor} bezifferte den Schaden auf {millions} Millionen Euro.",
      "„Das wird {city} Jahre kosten“, sagte Bürgermeisterin {mayor}, die den Schaden auf {millions} Millionen Euro schätzte."],
     ["Das Unternehmen {company}, das die Anlage betreibt, arbeitet nach eigenen Angaben mit den Ermittlern zusammen.",
      "Ein Sprecher von {company} wollte sich nicht äußern. Das Unternehmen hat seit {year} Strafen gezahlt."]],
    ["Zeugen sprachen von dem {0} und der {1} neben dem {2}, und von einem {3}, den seit dem {4} niemand gesehen hatte.",
     "Im Viertel erinnert man sich an den {0} von {year}, als der {1} und die {2} zwischen dem {3} und dem {4} verloren gingen."],
    ["{Event} in {city}: {people} Verletzte", "{city} zieht Bilanz nach dem {event}"],
    ["Abonnieren Sie den Morgenbrief: {outlet}.", "Folgen Sie uns auf allen Kanälen: {outlet}."],
    "Wir fassen zusammen, was über die Ereignisse in {city} bisher bekannt ist, und fragen, was nun auf die Menschen dort zukommt.")

FRENCH = Language(
    "fr",
    [("incendie", "un entrepôt de meubles"), ("glissement de terrain", "la route de la carrière"),
     ("accident de train", "un passage à niveau"), ("mouvement de grève", "la verrerie"), ("effondrement", "le vieux marché")],
    ["{people} personnes ont été blessées {weekday} lors d'un {event} dans {place} à {city}, selon la garde civile.",
     "Un {event} dans {place} a fait {people} blessés dans la ville de {city}, ont indiqué les autorités."],
    [["Tout a commencé vers {hour} heures près de la rivière {river}, a déclaré {chief}, qui dirige le service.",
      "Le premier appel est arrivé peu après {hour} heures, a dit {chief}. « Nous avions des minutes, pas des heures. »"],
     ["Environ {homes} logements le long de la {river} sont restés sans courant jusqu'au soir.",
      "Quelque {homes} foyers proches de la {river} ont été privés de courant presque toute la journée, selon la mairie."],
     ["Le maire {mayor} a chiffré les dégâts à {millions} millions d'euros.",
      "« Cela coûtera des années à {city} », a dit le maire {mayor}, qui évalue les dégâts à {millions} millions d'euros."],
     ["La société {company}, qui exploite le site, assure coopérer avec les enquêteurs.",
      "Un porte-parole de {company} n'a pas souhaité répondre. La société a payé des amendes depuis {year}."]],
    ["Des témoins ont parlé du {0} et de la {1} près du {2}, et d'un {3} que personne n'avait vu depuis le {4}.",
     "Dans le quartier on se souvient du {0} de {year}, quand le {1} et la {2} furent perdus entre le {3} et le {4}."],
    ["{Event} à {city} : {people} blessés", "{city} fait ses comptes après l'{event}"],
    ["Abonnez-vous à la lettre du matin de {outlet}.", "Suivez {outlet} sur tous les réseaux."],
    "{outlet} fait le point sur ce que l'on sait des événements de {city} et demande ce qui attend maintenant les habitants.")

LANGUAGES = [ENGLISH, ENGLISH, SPANISH, GERMAN, FRENCH]
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
}
PAPERS = "Herald Courier Gazette Tribune Observer Post Echo Star".split()


class Story:
    """What happened, and who tells it when."""

    def __init__(self, number: int, seed: int) -> None:
        dice = Dice(seed * 1_000_003 + number * 7919 + 11)
        self.number, self.dice, self.language = number, dice, dice.pick(LANGUAGES)
        # Mostly a few reports, now and then very many.
        self.size = 2 + dice.zipf(60) + dice.roll(4)
        self.begin = BEGIN + timedelta(minutes=dice.roll(DAYS * 24 * 60))
        if dice.chance(15):
            self.begin = self.begin.replace(hour=22, minute=30 + dice.roll(30))
        self.hours = 60 + dice.roll(30) if dice.chance(10) else 3 + dice.roll(9)
        event, place = dice.pick(self.language.events)
        self.words = [name(dice, 2 + dice.roll(3)).lower() for _ in range(10)]
        self.facts: dict[str, Any] = {
            "city": name(dice, 3), "river": name(dice, 2), "mayor": f"{name(dice, 2)} {name(dice, 3)}",
            "chief": f"{name(dice, 2)} {name(dice, 3)}", "company": f"{name(dice, 3)} {dice.pick(['Works', 'Group', 'Logistics'])}",
            "event": event, "Event": event[0].upper() + event[1:], "place": place, "people": 2 + dice.roll(90),
            "homes": 20 + dice.roll(3000), "millions": 1 + dice.roll(80), "hour": 1 + dice.roll(11), "year": 1950 + dice.roll(60),
            "weekday": WEEKDAYS[self.language.code][self.begin.weekday()],
        }
        self.wire = self.telling()

    def telling(self, bent: bool = False) -> tuple[str, list[str]]:
        """Tells the story in one of its wordings, with one figure another where it is bent."""
        dice, language = self.dice, self.language
        facts = dict(self.facts)
        if bent:
            what = dice.pick(["people", "homes", "millions"])
            facts[what] += 1 + dice.roll(9)
        rows = [dice.pick(row).format(**facts) for row in language.rows]
        # Newest first is how agencies cut; outlets order as they like.
        turn = dice.roll(len(rows))
        rows = rows[turn:] + rows[:turn]
        at = dice.roll(5)
        words = [self.words[(at + n) % 10] for n in range(5)]
        colour = dice.pick(language.colour).format(*words, **facts)
        return dice.pick(language.title).format(**facts), [dice.pick(language.leads).format(**facts), *rows[:3], colour]

    def reports(self) -> Iterator[dict[str, Any]]:
        """Yields the reports of the story."""
        for n in range(self.size):
            yield self.report(n)

    def report(self, n: int) -> dict[str, Any]:
        """Returns one report: the agency's own is the first, and most others follow it."""
        dice, language = self.dice, self.language
        outlet = "Delmare Wire" if n == 0 else f"{self.town()} {dice.pick(PAPERS)}"
        (title, rows), kind = self.wire, dice.roll(100) if n else 0
        if kind >= 70:
            title, rows = self.telling()
        elif kind >= 50:
            title, rows = self.telling(bent=True)
        elif kind >= 35:
            rows = list(rows)
            rows[dice.roll(len(rows))] = dice.pick(language.rows[dice.roll(4)]).format(**self.facts)
        elif kind >= 20:
            rows = [language.frame.format(outlet=outlet, **self.facts), *rows]
        if n and kind < 50 and dice.chance(60):
            rows = [*rows, "(Delmare Wire)"]
        host = outlet.lower().replace(" ", "-") + ".example"
        if n and dice.chance(70):
            rows = [*rows, language.furniture[len(outlet) % 2].format(outlet=outlet)]
        at = self.begin + timedelta(minutes=(dice.roll(self.hours * 60) if n else 0))
        offset = dice.pick([0, 0, 0, 2, -5])
        published = at.astimezone(timezone(timedelta(hours=offset))).isoformat()
        return {
            "id": f"s{self.number}-r{n}", "url": f"https://{host}/{at:%Y/%m/%d}/{self.number}-{n}.html", "outlet": outlet,
            "published": None if dice.chance(3) else published, "title": title, "text": "\n\n".join(rows),
        }

    def town(self) -> str:
        """Returns the town of an outlet: few print much, many print little."""
        return name(Dice(self.dice.zipf(120) * 31 + ord(self.language.code[0])), 3)


def invent(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yields at least so many reports, the stories in the order of their numbers."""
    number, told = 0, 0
    while told < count:
        story = Story(number, seed)
        yield from story.reports()
        number, told = number + 1, told + story.size


def line(report: dict[str, Any]) -> str:
    """Returns a report as a line of JSON."""
    return json.dumps({key: value for key, value in report.items() if value is not None}, ensure_ascii=False)


def page(report: dict[str, Any]) -> str:
    """Returns a report as a web page with what stands around an article."""
    outlet, title = escape(report["outlet"]), escape(report["title"])
    paragraphs = "\n".join(f"<p>{escape(row)}</p>" for row in report["text"].split("\n\n"))
    dated = f'<meta property="article:published_time" content="{report["published"]}">' if report["published"] else ""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title} | {outlet}</title>{dated}
<meta property="og:site_name" content="{outlet}"><meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<main><article><h1>{title}</h1>
{paragraphs}
</article><div class="share"><a href="#a">Share</a> <a href="#b">Print</a></div></main>
<footer>© {outlet} 2025</footer></body></html>
"""


def record(report: dict[str, Any], number: int) -> bytes:
    """Returns a web page as a record of a web archive."""
    body = page(report).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
        f"WARC-Date: 2025-03-12T00:00:00Z\r\nWARC-Target-URI: {report['url']}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def write(reports: list[dict[str, Any]], out: Path, seed: int) -> None:
    """Writes reports as a mix of files, with damage."""
    dice = Dice(seed + 5)
    out.mkdir(parents=True, exist_ok=True)
    # Reports of one story lie in many files, as they do where outlets are crawled one by one.
    piles: list[list[dict[str, Any]]] = [[] for _ in range(10)]
    for report in reports:
        piles[dice.roll(6) if dice.chance(80) else 6 + dice.roll(4)].append(report)
    for n, pile in enumerate(piles[:6]):
        lines = [line(report) for report in pile]
        damage(lines, n)
        (out / f"wire-{n:02}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for n, pile in enumerate(piles[6:9]):
        records = [record(report, n * 1_000_000 + at) for at, report in enumerate(pile)]
        packed = [gzip.compress(one, 6, mtime=0) for one in records] if n else records
        (out / (f"pages-{n}.warc.gz" if n else "pages-0.warc")).write_bytes(b"".join(packed))
    for n, pile in enumerate(piles[9:]):
        columns = ["id", "url", "outlet", "published", "title", "text"]
        table = pa.table({column: pa.array([report[column] for report in pile], pa.string()) for column in columns})
        pq.write_table(table, out / f"back-file-{n}.parquet")
    broken(out, piles)


def damage(lines: list[str], n: int) -> None:
    """Puts lines that cannot be used among the others, and ids that are given twice."""
    lines.insert(7, '{"id": "cut short", "text": "The ferry of Marrowick')
    lines.insert(11, '{"id": "no-text-%d", "title": "Nothing in it"}' % n)
    # The same twice, and another text under the same id.
    lines.append(lines[3])
    other = f"The council of Calverra met on Monday to speak about quay {n}. It will meet again on Friday, it said."
    lines.append(line({**json.loads(lines[5]), "text": other}))


def broken(out: Path, piles: list[list[dict[str, Any]]]) -> None:
    """Writes plain texts, and files that are damaged as files."""
    for n in range(2):
        (out / f"note-{n}.txt").write_text(piles[0][n * 5]["text"] + "\n", encoding="utf-8")
    packed = gzip.compress("\n".join(line(report) for report in piles[1][:40]).encode(), 6, mtime=0)
    (out / "cut-short.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
    (out / "no-columns.parquet").write_bytes(b"PAR1 this was never a table PAR1")


def main() -> None:
    """Does what the command line asks."""
    parser = argparse.ArgumentParser(description="Invents an archive of reports.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    reports = list(invent(asked.reports, asked.seed))
    write(reports, asked.out, asked.seed)
    print(f"{len(reports)} reports in {len(list(asked.out.iterdir()))} files")


if __name__ == "__main__":
    main()
