"""The brief: what changed, where, who says so, what to expect and what is not known, in Arabic and English.

    material = Material.of(reports=..., statements=..., incidents=..., period=(first, last), as_of=last)
    brief = compose(material, "ar")           # sentences, each with the ids it rests on
    page = render(material, brief)            # one self-contained HTML page

No sentence stands without evidence (law 1); the text of the sentences is data (templates/), never code.
"""

from marsad.brief.compose import VERSION, compose
from marsad.brief.lint import Fault, lint
from marsad.brief.markdown import markdown
from marsad.brief.material import Material
from marsad.brief.pdf import pdf
from marsad.brief.publish import FORMATS, LANGS, publish
from marsad.brief.render import render

__all__ = ["FORMATS", "LANGS", "VERSION", "Fault", "Material", "compose", "lint", "markdown", "pdf", "publish", "render"]
