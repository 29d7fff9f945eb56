"""Where the files of a course are on the site: what a text's own targets become when it is rendered."""

from academy.prose.texts import Labels, Picture, Source
from courses.catalogue.content import Course, Media
from courses.catalogue.reader import media as media_reader
from courses.catalogue.reader.bodies import relative_targets, resolve


class Addresses:
    """Where the files of a course are on the site."""

    def __init__(self, course: Course) -> None:
        self.course = course
        base = f"/courses/{course.slug}/"
        self.pages = {"course.md": base}
        self.pages |= {lesson.text().path: f"{base}{lesson.key}/" for lesson in course.lessons}

    def media(self, file: Media) -> str:
        """The address of a media file, another one whenever the file changes."""
        return f"/courses/{self.course.slug}/media/{file.digest[:8]}/{file.name}"

    def source(self, path: str, language: str, text: str, labels: Labels) -> Source:
        """A text with the addresses of all it leads to."""
        links, pictures = {}, {}
        for target in relative_targets(text):
            found = self._media(resolve(path, target), language)
            if found is not None:
                links[target] = self.media(found)
                pictures[target] = Picture(self.media(found), found.width, found.height, self._avif(found))
            elif page := self.pages.get(resolve(path, target)):
                links[target] = page + _section(target)
        return Source(text, links=links, pictures=pictures, labels=labels)

    def _avif(self, file: Media) -> str:
        """The address of a lighter twin that stands beside a WebP."""
        twin = self.course.media.get(media_reader.twin_of(file.path))
        return self.media(twin) if twin else ""

    def _media(self, path: str, language: str) -> Media | None:
        stem, _, ending = path.rpartition(".")
        media = self.course.media
        return media.get(f"{stem}.{language}.{ending}") or media.get(path)


def _section(target: str) -> str:
    section = target.partition("#")[2].removeprefix("s-")
    return f"#s-{section}" if section else ""
