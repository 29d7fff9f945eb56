"""Pictures and tables in the form our pages give them."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from academy.prose.texts import Labels, Picture
from academy.prose.tree import decoded, plain, swap, undress, with_parents

ALIGNMENT = {
    "text-align: left;": "align-start",
    "text-align: center;": "align-centre",
    "text-align: right;": "align-end",
}


def place_pictures(root: Element, pictures: Mapping[str, Picture]) -> list[str]:
    """Give each picture its address and size; what is not ours becomes its alternative text. Answers all targets."""
    found = []
    for image in list(root.iter("img")):
        target = decoded(image.get("src", ""))
        found.append(target)
        _place(image, pictures.get(target))
    return found


def _place(image: Element, picture: Picture | None) -> None:
    alternative, title = image.get("alt", ""), image.get("title")
    if picture is None:
        undress(image, alternative)
        return
    image.attrib.clear()
    image.attrib.update(src=picture.url, alt=alternative, loading="lazy", decoding="async")
    if picture.width and picture.height:
        image.attrib.update(width=str(picture.width), height=str(picture.height))
    if title:
        image.set("title", title)


def offer_lighter(root: Element, pictures: Mapping[str, Picture]) -> None:
    """Put each picture that has a lighter twin behind it, for browsers that know the format."""
    lighter = {picture.url: picture.avif for picture in pictures.values() if picture.avif}
    for parent, image in list(with_parents(root)):
        if image.tag == "img" and image.get("src") in lighter:
            choice = Element("picture")
            SubElement(choice, "source", srcset=lighter[image.get("src", "")], type="image/avif")
            swap(parent, image, choice)
            image.tail = None
            choice.append(image)


def make_figures(root: Element) -> None:
    """Turn a picture alone in its paragraph into a figure; its title becomes the caption."""
    for parent, paragraph in with_parents(root):
        if paragraph.tag == "p" and len(paragraph) == 1 and paragraph[0].tag == "img" and not plain(paragraph):
            figure = _figure(paragraph[0])
            figure.attrib.update({name: value for name, value in paragraph.items() if name in {"lang", "dir"}})
            swap(parent, paragraph, figure)


def _figure(image: Element) -> Element:
    figure = Element("figure")
    caption = image.attrib.pop("title", None)
    image.tail = None
    figure.append(image)
    if caption:
        SubElement(figure, "figcaption").text = caption
    return figure


def align_cells(root: Element) -> None:
    """Say the alignment of cells by class, because pages allow no inline style; a heading without words is none."""
    for cell in root.iter():
        if cell.tag in {"th", "td"}:
            alignment = ALIGNMENT.get(cell.attrib.pop("style", ""))
            if alignment:
                cell.set("class", f"{alignment} {cell.get('class', '')}".strip())
        if cell.tag == "th" and plain(cell):
            cell.set("scope", "col")
        elif cell.tag == "th":
            cell.tag = "td"


def wrap_tables(root: Element, labels: Labels) -> None:
    """Put each table into a region of its own that scrolls and can be reached by keyboard, named by its heading."""
    number, heading = 0, ""
    for parent, element in with_parents(root):
        if element.tag in {"h2", "h3", "h4", "h5", "h6"}:
            heading = plain(element)
        elif element.tag == "table":
            number += 1
            template = labels.table if heading else labels.table_alone
            name = template % {"number": labels.number(number), "heading": heading}
            region = Element("div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name})
            swap(parent, element, region)
            region.append(element)
