"""The room's one door: from a text to everything its label says, unconverted and undecided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

import msgspec

from mglabel.extraction.denials import denied_forms, tells_of_product, without_advice, without_denied, without_needs
from mglabel.extraction.directions import Said, read_directions
from mglabel.extraction.flat_rows import with_rows_apart
from mglabel.extraction.found import Statements
from mglabel.extraction.headed_counts import give_headed_counts
from mglabel.extraction.headed_rows import give_rows_units
from mglabel.extraction.headed_units import give_headed_units
from mglabel.extraction.item import Item
from mglabel.extraction.items import itemize
from mglabel.extraction.layout import Clause, clauses
from mglabel.extraction.lists import are_dosed_apart, are_several_products, ingredient_lists, product_lines
from mglabel.extraction.mentions import denied, read_mentions
from mglabel.extraction.need_columns import without_needs_of_columns
from mglabel.extraction.people_tables import with_people_apart
from mglabel.extraction.potencies import is_homeopathic
from mglabel.extraction.prices import without_prices
from mglabel.extraction.product import audience_of, read_product, serving_of_pack, use_of
from mglabel.extraction.purity import amounts_of_pure_goods
from mglabel.extraction.related import without_related
from mglabel.extraction.signs import read_signs
from mglabel.extraction.solutions import solutions
from mglabel.extraction.split_heads import with_heads_joined
from mglabel.extraction.statements import StatementReader
from mglabel.extraction.strengths import in_units
from mglabel.extraction.supply import dose_of_supply
from mglabel.extraction.talk import without_talk
from mglabel.extraction.turned_tables import with_tables_turned
from mglabel.language.lexer import MOST_TOKENS, lexer
from mglabel.language.lines import as_meant
from mglabel.language.markup import Unmarked, without_markup
from mglabel.language.names import compose
from mglabel.language.repeats import unrepeated
from mglabel.language.separated import with_cells_parted
from mglabel.values.evidence import Span
from mglabel.values.label import Mention, Product

_ADVICE = (
    "warning.interaction",
    "claim.example",
    "claim.food",
    "claim.body_content",
    "claim.other_products",
    "dose.take",
)


class Label(msgspec.Struct, frozen=True):
    """Everything that one text says, as read."""

    statements: Statements
    mentions: tuple[Mention, ...]
    elements: tuple[tuple[Span, str], ...]
    """Where magnesium itself is named, with the section, denials left out."""
    directions: Said
    product: Product
    signs: Mapping[str, tuple[Span, ...]]
    use: str
    audience: str
    languages: tuple[str, ...]
    repairs: tuple[tuple[Span, str], ...]
    front_numbers: tuple[Decimal, ...]
    several_products: bool

    @property
    def says_medicine(self) -> bool:
        """Whether it is a medicine by a word of its own: supplements say "posology", too."""
        return self.use == "medicine" and "use.medicine" in self.signs


def read_label(text: str, max_tokens: int = MOST_TOKENS) -> Label:
    """Read a text; raises `TextTooLong` where it has more than `max_tokens` words and signs.

    >>> label = read_label("1 tablet contains: magnesium citrate 500 mg. Take 2 tablets daily.")
    >>> [m.form for m in label.mentions], label.statements.claims[0].values_mg
    (['citrate'], (Decimal('500'),))
    """
    unmarked = without_markup(text)
    plain = unrepeated(unmarked.text)
    lexed = lexer().lex(plain, max_tokens)
    repairs = tuple((Span(*unmarked.place(token.start, token.end)), spelled) for token, spelled in lexed.repairs)
    tokens = as_meant(with_cells_parted(lexed.tokens), plain)
    items = with_rows_apart(itemize(compose(tokens)))
    items = give_rows_units(with_tables_turned(with_people_apart(with_heads_joined(items))))
    items = without_needs_of_columns(give_headed_counts(give_headed_units(items)))
    if unmarked.pieces:
        _put_back(items, unmarked)
    all_clauses = without_talk(without_prices(without_related(clauses(items))))
    statements = StatementReader().read(all_clauses)
    signs = read_signs(all_clauses)
    said = read_directions(all_clauses)
    said = _with_supply(said._replace(doses=in_units(said.doses, statements.claims)), all_clauses)
    product = read_product(all_clauses)
    statements = _with_serving(statements, all_clauses, product)
    mentions = [read_mentions(clause) for clause in all_clauses]
    read = list(zip(all_clauses, mentions, strict=True))
    named = tuple(chain.from_iterable(mentions))
    denied = denied_forms(named, statements.claims)
    statements = _of_the_product(statements, named, all_clauses, product, said)
    if denied:
        claims, named = without_denied(statements.claims, named, denied)
        statements = statements._replace(claims=claims)
    if not all(percent.named for percent in statements.percents) and (
        statements.others or not _names_magnesium(all_clauses, named)
    ):
        statements = statements._replace(percents=tuple(p for p in statements.percents if p.named))
    use = use_of(signs, product.unit)
    stocks = solutions(all_clauses, said.doses)
    if use != "topical" and not statements.claims and not statements.percents:
        pure = amounts_of_pure_goods(
            all_clauses, named, statements.sizes, said.doses, [day for day, _ in statements.days], stocks
        )
        statements = statements._replace(claims=pure)
    statements = statements._replace(sizes=(*statements.sizes, *stocks)) if stocks else statements
    return Label(
        statements,
        named,
        tuple(_elements(all_clauses)),
        said,
        product,
        signs,
        use,
        audience_of(signs, said.audience),
        lexed.languages,
        repairs,
        tuple(number for number, _ in statements.title_numbers),
        are_several_products(ingredient_lists(read))
        or are_several_products(product_lines(read))
        or are_dosed_apart(statements.claims, said.doses),
    )


def _with_supply(said: Said, all_clauses: Sequence[Clause]) -> Said:
    """What is said of doses, with the one that only the pack tells where no sentence counts any."""
    if said.doses or said.adults_unread:
        return said
    supply = dose_of_supply(all_clauses)
    return said if supply is None else said._replace(doses=(supply,))


def _with_serving(statements: Statements, all_clauses: Sequence[Clause], product: Product) -> Statements:
    """The statements with the size of a serving that the pack tells, where nothing else does."""
    if any(whole.unit == "serving" for whole, _ in statements.sizes):
        return statements
    serving = serving_of_pack(all_clauses, product)
    return statements if serving is None else statements._replace(sizes=(*statements.sizes, serving))


def _of_the_product(
    statements: Statements,
    mentions: Sequence[Mention],
    all_clauses: Sequence[Clause],
    product: Product,
    said: Said,
) -> Statements:
    """The statements without what is advised, what a potency makes nothing of, and what an article says of a day."""
    claims = without_advice(statements.claims, mentions, all_clauses)
    if is_homeopathic(all_clauses):
        return statements._replace(claims=())
    if tells_of_product(claims, mentions, product, said.doses):
        return statements._replace(claims=claims)
    percents = tuple(p for p in statements.percents if p.portion is not None and p.portion.unit != "day")
    return statements._replace(claims=without_needs(claims), percents=percents)


def _put_back(items: Iterable[Item], unmarked: Unmarked) -> None:
    """Give items the places that they have in the text with its markup."""
    for item in {id(item): item for item in items}.values():
        item.start, item.end = unmarked.place(item.start, item.end)


def _names_magnesium(all_clauses: Sequence[Clause], mentions: Sequence[Mention]) -> bool:
    """Whether anything says that magnesium is what the product supplies; an additive or a denial does not."""
    return any(m.role == "source" for m in mentions) or any(
        item.kind == "m" and not item.senses["form"] and not denied(clause, at)
        for clause in all_clauses
        if clause.has("m")
        for at, item in enumerate(clause.items)
    )


def _elements(all_clauses: list[Clause]) -> list[tuple[Span, str]]:
    """Where the element is named as part of the product."""
    return [
        (Span(item.start, item.end), clause.section)
        for clause in all_clauses
        if clause.has("m")
        and clause.says("relation.contains", "section.ingredients", "section.facts")
        and not clause.says(*_ADVICE)
        for at, item in enumerate(clause.items)
        if item.kind == "m" and not item.senses["form"] and not denied(clause, at)
    ]
