"""Who the demo people are. All of them are invented; a third of the learners go by a pen name.

A line is: w or m, language of letters, what they do (paths.py), the part of the address before the @, the name as its
owner writes it (for certificates), and the name shown to others where it is another one.
"""

from dataclasses import dataclass

from courses.demo.paths import PATHS, Path

HOST = "example.org"

THIS_YEAR = """
w ru finished   aigerim    | Әйгерім Тоқсанбаева
w en early      dana       | Дана Жолдасова
w ru middle     saule      | Сәуле Бектемірова     | Дала желі
w ru waiting    zarina     | Зарина Қуандықова
m ru absent     yerlan     | Ерлан Өтебаев
m en stuck      arman      | Арман Жиенбеков
m ru late       daniyar    | Данияр Кенжеғалиев    | Орман
m ru begun      nurbol     | Нұрбол Әбілдин
w ru middle     aizada     | Айзада Мамбетова
w ru writing    meerim     | Мээрим Жолдошева
w en winding    nurgul     | Нургүл Асанбекова     | Ала-Тоо кызы
w ru resting    cholpon    | Чолпон Эрмекова
m ru early      azamat     | Азамат Сыдыгалиев
m en finished   bektur     |                       | Bektur
m ru asked      emil       | Эмил Кадыркулов       | Жолоочу
m ru begun      tilek      | Тилек Үсөнов
w en learner    learner    | Мадина Ҷӯраева        | Madina Juraeva
w ru late       firuza     | Фирӯза Қосимова
w ru again      nigina     | Нигина Шодиева        | Дарёи ором
w ru early      parvina    | Парвина Ҳалимова
m ru stuck      jamshed    | Ҷамшед Ғафуров
m ru middle     farhod     | Фарҳод Назриев
m en waiting    sino       | Сино Муродов          | Кӯҳистонӣ
m ru absent     behruz     | Беҳрӯз Шарифзода
w ru returned   gulshat    | Gülşat Annaberdiýewa
w en early      ogulnabat  | Ogulnabat Hojamyradowa | Ak Guş
w ru resting    maral      | Maral Çaryýewa
w ru begun      jeren      | Jeren Nuryýewa        | Çöl Şemaly
m ru finished   merdan     | Merdan Gurbandurdyýew
m ru absent     kakajan    | Kakajan Ataýew
m en middle     batyr      | Batyr Öwezow
m ru left       dowran     | Döwran Rejepgulyýew
w en asked      dilnoza    | Dilnoza Toʻxtayeva
w ru late       gulbahor   | Gulbahor Yoʻldosheva  | Bodom guli
w ru middle     sevinch    | Sevinch Nazirova
w en waiting    mohira     | Mohira Abdugʻaniyeva
m ru again      jasur      | Jasur Mirzaqulov
m ru winding    otabek     | Otabek Gʻulomov       | Ipak yoʻli
m en early      sardor     | Sardor Oʻrinboyev
m ru begun      ulugbek    | Ulugʻbek Ergashev
w fa resting    fereshta   | فرشته رحیمی           | نسیم سحر
w fa asked      zahra      | زهرا نوروزی           | ستارهٔ شمال
w en writing    palwasha   | پلوشه میاخیل          | Palwasha
w en late       maryam     | Maryam Haidari        | Pomegranate
m fa early      hamid      | حمید کریم‌زاده
m fa returned   yusuf      | یوسف صافی             | کوهنورد
m en again      gulab      | Gulab Zadran
m fa resting    idris      | ادریس وفایی
"""

YEAR_BEFORE = """
w en finished   alumnus    | Айжан Турдубаева      | Aizhan Turdubaeva
m en winding    moderator  | Rustam Hamroyev
w ru finished   kamila     | Камила Есенғалиева
m ru finished   askar      | Асқар Тұрлыбеков
w en finished   gaukhar    | Гауһар Ыбырайқызы     | Көктем
m ru winding    maksat     | Максат Боронбаев
w ru finished   zhyldyz    | Жылдыз Осмонкулова
m en reader     ruslan     | Руслан Чынгышев       | Ысык-Көл
w ru finished   shahnoza   | Шаҳноза Раҳмонқулова
m ru finished   komron     | Комрон Зиёев
w en winding    tahmina    | Таҳмина Ализода       | Бодом
m ru reader     sapar      | Sapar Amangeldiýew
w ru finished   bahar      | Bahar Garaýewa
m en left       myrat      | Myrat Söýünow
w ru finished   nodira     | Nodira Xoʻjayeva
m en winding    bobur      | Bobur Sultonov        | Chinor
w en finished   lobar      | Lobar Qoʻchqorova
w fa finished   laila      | لیلا احمدزی           | مهتاب
m fa reader     farid      | فرید نوری
w en winding    storay     | Storay Momand         | Storay
"""

STAFF = """
w en begun      admin      | Feruza Tolipova
m en absent     trainer    | Тимур Сейілов         | Timur Seilov
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast; `key` is also the part of the address before the @, `turn` their number from 0."""

    turn: int
    key: str
    woman: bool
    language: str
    path: Path
    legal_name: str
    display_name: str

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.key}@{HOST}"


@dataclass(frozen=True, slots=True)
class Account:
    """One of the five people whom a visitor can sign in as."""

    key: str
    what: str


ACCOUNTS = (
    Account("learner", "is in the middle of the course, with a quiz to try again and a task to improve"),
    Account("trainer", "teaches Foundations of Preventive Diplomacy and has work waiting to be marked"),
    Account("alumnus", "finished the course last year and has a certificate"),
    Account("moderator", "keeps order among members, and finished the course last year too"),
    Account("admin", "runs the place"),
)


def _read(table: str) -> tuple[Person, ...]:
    return tuple(_person(turn, line) for turn, line in enumerate(table.strip().splitlines()))


def _person(turn: int, line: str) -> Person:
    facts, legal_name, *shown = (part.strip() for part in line.split("|"))
    sex, language, path, key = facts.split()
    return Person(turn, key, sex == "w", language, PATHS[path], legal_name, shown[0] if shown else legal_name)


LEARNERS, GRADUATES, CREW = _read(THIS_YEAR), _read(YEAR_BEFORE), _read(STAFF)
EVERYBODY = (*CREW, *GRADUATES, *LEARNERS)
