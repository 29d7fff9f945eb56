"""What people did to a draft, in words."""

from collections.abc import Mapping

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from courses.authoring.models import StepKind

STEPS: Mapping[str, Text] = {
    StepKind.BEGUN: _l("Began the course"),
    StepKind.SAVED: _l("Wrote"),
    StepKind.ADDED: _l("Added"),
    StepKind.RENAMED: _l("Gave another title"),
    StepKind.MOVED: _l("Moved"),
    StepKind.RETIRED: _l("Took out of the course"),
    StepKind.UPLOADED: _l("Uploaded"),
    StepKind.REMOVED: _l("Removed"),
    StepKind.TRANSLATED: _l("Translated"),
    StepKind.SETTINGS: _l("Changed the settings"),
    StepKind.IMPORTED: _l("Imported"),
    StepKind.RESTORED: _l("Went back to an edition"),
    StepKind.UNDONE: _l("Took a step back"),
    StepKind.PUBLISHED: _l("Published"),
}
