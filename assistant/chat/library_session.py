"""What happens on the Library page: list, delete, pictures."""

from assistant.chat import render
from assistant.chat.acts import Act
from assistant.chat.backend import ChatBackend
from assistant.chat.catalogue import Catalogue, ListView, SortKey
from assistant.chat.pictures import bars_of, map_picture
from assistant.chat.session import Changes
from assistant.chat.topics.drawing import MapMaker
from assistant.chat.views import authors_line
from ingest.errors import PaperAssistantError

_COLUMNS: dict[SortKey, str] = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "added": "Added",
}


class LibrarySession:
    """The library as a list and as pictures, over one assistant."""

    def __init__(self, assistant: ChatBackend) -> None:
        self._assistant = assistant
        self.catalogue = Catalogue(assistant.library)
        self.maps = MapMaker(assistant.library)

    def list(self, view: ListView, message: str = "") -> Changes:
        """One page of the list; an error takes its place."""
        try:
            page = self.catalogue.page(view)
        except PaperAssistantError as error:
            return {"papers": render.problem_html(str(error))}
        rows = [(row, authors_line(row.authors)) for row in page.rows]
        table = render.html("papers", page=page, rows=rows, columns=_COLUMNS, message=message)
        return {"view": page.view, "papers": table}

    def pictures(self) -> Changes:
        """Bars by year and venue, and the map; `waiting` as long as a map is being drawn."""
        try:
            bars = bars_of(self.catalogue.figures())
            drawn = self.maps.ready()
        except PaperAssistantError:
            return {"bars": "", "map": "", "waiting": False}
        waiting = self.maps.is_drawing()
        picture = map_picture(drawn) if drawn else None
        return {
            "bars": render.html("bars", bars=bars),
            "map": render.html("map", picture=picture, waiting=waiting),
            "waiting": waiting,
        }

    def search(self, view: ListView, query: str) -> Changes:
        """What has all the words: its first page, or the same one where they are as before."""
        if query != view.query:
            view = view.model_copy(update={"query": query, "page": 0})
        return self.list(view)

    def act(self, act: Act, view: ListView) -> Changes:
        """What an act changes."""
        return self._delete(act, view) if act.kind == "delete" else self.list(self._seen(act, view))

    def _seen(self, act: Act, view: ListView) -> ListView:
        match act.kind:
            case "page":
                return view.model_copy(update={"page": view.page + act.index})
            case "sort":
                return _sorted(view, act.name)
            case "years":
                return _limited(view, year=int(act.name) if act.name.isdecimal() else None)
            case "cluster":
                return self._of_cluster(view, act.index)
            case _:
                return _limited(view)

    def _delete(self, act: Act, view: ListView) -> Changes:
        try:
            count = self._assistant.delete(act.ids)
        except PaperAssistantError as error:
            return {"papers": render.problem_html(str(error))}
        message = "1 paper deleted" if count == 1 else f"{count} papers deleted"
        return {**self.list(view, message), **self.pictures(), "changed": True}

    def _of_cluster(self, view: ListView, number: int) -> ListView:
        drawn = self.maps.ready()
        if drawn is None or not 0 <= number < len(drawn.clusters):
            return view
        cluster = drawn.clusters[number]
        return _limited(view, keys=frozenset(cluster.papers), name=cluster.label)


def _limited(
    view: ListView,
    *,
    year: int | None = None,
    keys: frozenset[int] | None = None,
    name: str = "",
) -> ListView:
    words = name or (f"of {year}" if year is not None else "")
    return view.model_copy(update={"page": 0, "year": year, "keys": keys, "limit_name": words})


def _sorted(view: ListView, column: str) -> ListView:
    """Sorted by a column, or the other way round if it was already."""
    if column not in _COLUMNS:
        return view
    descending = not view.descending if view.sort == column else column in ("year", "added")
    return view.model_copy(update={"sort": column, "descending": descending, "page": 0})
