"""Write docs/api.md from the API's own description. Run: python tools/api_page.py (a test holds that the page is current)."""

import tempfile
from pathlib import Path
from typing import Any

from marsad.serve import Settings, create
from marsad.serve.docs import calls

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
HEAD = """# The API

Made from the API's own description by `python tools/api_page.py`. The observatory itself serves it as `/api` (a page) and as
`/api/v1/openapi.json`.

A program sends its token (`marsad tokens new`, [who gets in](serve.md#who-gets-in)) as `Authorization: Bearer TOKEN`. Errors are
problem+json (RFC 9457) with `detail`, and with `where` and `mend` where they help. Pages are walked along the link `next`. A parameter that
nothing reads is an error. What is above the token's release level is not there; at the level public no words of reports are.

```sh
curl -H "Authorization: Bearer $TOKEN" "https://marsad.example.org/api/v1/collections/incidents/items?area=IQ/Diyala&datetime=2020-04-01/.."
```
"""


def written(schema: dict[str, Any]) -> str:
    """The page."""
    parts, tag = [HEAD], ""
    for call in sorted(calls(schema), key=lambda c: str(c["tag"])):
        if call["tag"] != tag:
            tag = call["tag"]
            parts.append(f"\n## {tag.capitalize()}\n")
        parts.append(_call(call))
    return "".join(parts)


def _call(call: dict[str, Any]) -> str:
    head = f"\n### `{call['method']} {call['path']}`\n\n{call['summary']}. {' '.join(call['description'].split())}\n"
    rows = [
        f"| `{p['name']}`{' (required)' if p['required'] else ''} | {_kind(p)} | {p['description'].replace('|', chr(92) + '|')} |"
        for p in call["parameters"]
    ]
    table = "\n| parameter | kind | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n" if rows else ""
    ends = [f"{word} `{call[key]}`." for key, word in (("takes", "Takes"), ("gives", "Gives")) if call[key]]
    return head + table + ("\n" + " ".join(ends) + "\n" if ends else "")


def _kind(p: dict[str, Any]) -> str:
    values = f": {', '.join(f'`{v}`' for v in p['values'])}" if p["values"] else ""
    return str(p["kind"]) + values


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        app = create(Settings(store=f"{folder}/s.db"))
        PAGE.write_text(written(app.openapi()), encoding="utf-8")
        app.state.store.close()
    print(PAGE.name)
