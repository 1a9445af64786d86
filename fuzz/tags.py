"""Changes a page as pages differ: tags, texts and attributes change places; some are left open, some are odd."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

_TOKEN = re.compile(rb"<[^<>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(rb"[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)")
TAGS = (
    "table tr td th tbody thead caption colgroup div p span br hr ul ol li dl dt dd h1 h2 h6 b i a sub "
    "sup del ins details summary section main header footer nav aside article template noscript script "
    "style title head body html base meta link img input select option optgroup textarea button form "
    "label svg math iframe object embed pre code frameset plaintext xmp ruby rt x-y mi annotation-xml "
    "foreignObject"
).split(" ")
ATTRIBUTES = (
    'colspan=2 rowspan=3 colspan=99999 rowspan=0 colspan=-1 hidden style="display:none" '
    'style="color:#fff" class="tab" id=x class="product-description" aria-hidden=true role=main role=row '
    'role=cell itemprop=name itemprop=description itemscope itemtype="https://schema.org/Product" '
    'type=application/ld+json type=module charset=utf-16 content="text/html;charset=x" '
    "http-equiv=content-type open dir=rtl lang=da value=3 data-x"
).split(" ")
TEXTS = (
    "&nbsp; &amp; &#0; &#xD800; &#1114112; &shy; &zwnj; &lt;b&gt; &notit; ]]> <![CDATA[x]]> <!-- --> "
    '<!--> <!---!> <? <!doctype {"@type":"Product","name":"Magnesium","description":"375_mg"} '
    '{"@graph":[{"@type":"Product"}]} {"@type":["Product"] \x00 \ufeff \u200b \x0c'
).split(" ")
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "latin-1", "cp1250", "utf-8-sig")


def changed_page(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """A page changed in one to six ways, with pieces of others."""
    tokens = _TOKEN.findall(data)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        _change(tokens, others, chance)
    page = b"".join(tokens)
    return _recoded(page, chance) if chance.random() < 0.03 else page


def _change(tokens: list[bytes], others: Sequence[bytes], chance: Random) -> None:
    """Change the tokens of a page in one way."""
    at = chance.randrange(len(tokens) + 1)
    some = at + chance.choice((1, 1, 2, 5))
    way = chance.randrange(9)
    if way == 0:
        del tokens[at:some]
    elif way == 1:
        tokens[at:at] = tokens[at:some] * chance.choice((1, 1, 2, 60))
    elif way == 2:
        foreign = _TOKEN.findall(chance.choice(others))
        start = chance.randrange(len(foreign) + 1)
        tokens[at : at + chance.choice((0, 1))] = foreign[start : start + chance.choice((1, 3, 9))]
    elif way == 3:
        tokens[at:at] = [_tag(chance)] * chance.choice((1, 1, 1, 300))
    elif way == 4:
        tokens[at:at] = [_tag(chance), *tokens[at:some], b"</%b>" % chance.choice(TAGS).encode()]
    elif way == 5:
        tokens[at:at] = [chance.choice(TEXTS).encode("utf-8", "surrogatepass")]
    elif way == 6 and tokens:
        at = min(at, len(tokens) - 1)
        tokens[at] = _with_attribute(tokens[at], chance)
    elif way == 7 and tokens:
        other = chance.randrange(len(tokens))
        at = min(at, len(tokens) - 1)
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif way == 8 and tokens:
        at = min(at, len(tokens) - 1)
        inside = chance.randrange(len(tokens[at]) + 1)
        tokens[at] = tokens[at][:inside] + bytes([chance.randrange(256)]) + tokens[at][inside + 1 :]


def _tag(chance: Random) -> bytes:
    attributes = chance.sample(ATTRIBUTES, chance.choice((0, 0, 1, 2)))
    return b"<%b%b>" % (
        chance.choice(("", "", "", "/")).encode(),
        " ".join([chance.choice(TAGS), *attributes]).encode(),
    )


def _with_attribute(token: bytes, chance: Random) -> bytes:
    """A tag with an attribute put in, or in the place of one."""
    if not token.startswith(b"<") or not token.endswith(b">"):
        return token
    new = chance.choice(ATTRIBUTES).encode()
    places = [found.span() for found in _ATTRIBUTE.finditer(token)]
    if places and chance.random() < 0.5:
        start, end = chance.choice(places)
        return token[:start] + new + token[end:]
    return token[:-1] + b" " + new + b">"


def _recoded(page: bytes, chance: Random) -> bytes:
    return page.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
