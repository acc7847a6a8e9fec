"""English inflection: the base forms that a form may have, as WordNet's morphological rules give them."""

VOWELS = set("aeiou")


def candidates(form):
    """Every (base, part) that the rules give, known or not; the likelier first."""
    found = []
    if form.endswith("ies") and len(form) > 4:
        found += [(form[:-3] + "y", "nv")]
    if form.endswith("ves"):
        found += [(form[:-3] + "f", "n"), (form[:-3] + "fe", "n")]
    if form.endswith("men") and len(form) > 4:
        found += [(form[:-3] + "man", "n")]
    if form.endswith("s") and not form.endswith("ss"):
        found += [(form[:-1], "nv")]
        if form.endswith("es"):
            found += [(form[:-2], "nv")]
    for end, parts in (("ed", "v"), ("ing", "v"), ("er", "a"), ("est", "a")):
        if not form.endswith(end) or len(form) < len(end) + 2:
            continue
        base = form[: -len(end)]
        if end in ("ed", "er", "est") and base.endswith("i"):
            found += [(base[:-1] + "y", parts)]
        double = len(base) > 2 and base[-1] == base[-2] and base[-1] not in VOWELS
        # "planned" is of "plan", "called" of "call", "hoping" of "hope".
        short = len(base) > 1 and base[-1] not in VOWELS | set("wxy") and base[-2] in VOWELS and sum(c in VOWELS for c in base) == 1
        if short:
            found += [(base + "e", parts), (base, parts)]
        else:
            found += [(base, parts)] + ([(base[:-1], parts)] if double else []) + [(base + "e", parts)]
    return found


def base_forms(form, parts_of):
    """The known base forms of a form, the likelier first; `parts_of` tells each known word's parts of speech."""
    found = []
    for base, parts in candidates(form):
        if base in parts_of and set(parts) & set(parts_of[base]) and base not in found:
            found.append(base)
    return found
