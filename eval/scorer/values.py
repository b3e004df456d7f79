"""Values for made facts: an amount, a date, a name of the kind that an attribute asks for.

Knows kinds of value and how people write them; knows nothing of attributes or sentences.
"""

from random import Random

COUNTRIES = (
    *"India Brazil Canada Germany Japan Kenya Norway Spain Poland Chile Egypt Vietnam Ireland "
    "France Italy Mexico Ghana Turkey Austria Peru Sweden Portugal Morocco Greece".split(),
    "New Zealand",
    "South Korea",
    "the UK",
    "the US",
    "the Netherlands",
    "South Africa",
)
MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FIRST = (
    "Anna Omar Li Maria Jonas Priya Kofi Elena Hugo Sara Mateo Ines Yusuf Clara Tom Aiko".split()
)
LAST = "Berg Okafor Silva Novak Haddad Moreau Tanaka Lind Costa Petrov Quinn Adeyemi Roth".split()
STREETS = "Mill Lane,Harbour Road,Church Street,Oak Avenue,Station Square,North Quay".split(",")

_CHOICES: dict[str, tuple[str, ...]] = {
    "colour": ("red", "dark green", "silver", "pale yellow", "black and white", "navy blue"),
    "material": ("steel", "oak", "carbon", "coarse sand", "aluminium", "peat", "recycled plastic"),
    "tongue": ("German", "English", "Spanish", "Arabic", "French", "Japanese", "Portuguese"),
    "degree": ("easy", "fairly hard", "suitable for beginners", "demanding", "very simple"),
    "cefr": ("A2", "B1", "B2", "C1"),
    "demandword": ("high", "low", "growing", "falling", "steady", "strong in cities"),
    "danger": ("harmless", "poisonous", "mildly toxic", "safe"),
    "lightword": ("full sun", "half shade", "bright light without direct sun", "a dark corner"),
    "fuelword": ("diesel", "petrol", "electricity", "gas"),
    "grade": ("A", "B", "C", "D", "F"),
    "freq": ("once a week", "every two days", "twice a year", "every hour", "once a month"),
    "licenceword": (
        "a state licence", "no licence", "a class B licence", "a licence from the council",
    ),
    "degreeword": (
        "a bachelor's degree", "a school certificate", "no degree", "a two-year diploma",
        "a master's degree", "a vocational certificate", "a finished apprenticeship",
    ),
    "examword": (
        "a written test", "an oral exam", "a practical test", "a state exam", "no exam at all",
    ),
    "papers": (
        "a passport and a photograph", "the last three payslips", "a birth certificate",
        "a signed form and proof of address", "an identity card",
    ),
}  # fmt: skip
_UNITS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "period": ((2, 30), ("days", "weeks", "months", "years")),
    "minutes": ((5, 90), ("minutes", "minutes", "hours")),
    "days": ((14, 40), ("days",)),
    "hourcount": ((10, 60), ("hours",)),
    "period_hours": ((2, 40), ("hours",)),
    "weight": ((2, 90), ("kg", "kilos", "pounds")),
    "length": ((2, 200), ("cm", "metres", "inches", "centimetres")),
    "distance": ((2, 400), ("km", "miles", "kilometres")),
    "speed": ((10, 300), ("km/h", "miles per hour")),
    "temperature": ((2, 240), ("°C", "degrees")),
    "calories": ((80, 900), ("calories", "kcal")),
    "grams": ((5, 300), ("g", "grams")),
    "pixels": ((8, 60), ("megapixels",)),
    "bytes": ((2, 900), ("GB", "TB")),
    "percent": ((2, 98), ("%", "percent")),
    "age": ((4, 67), ("years", "years old")),
}


def make_value(kind: str, rng: Random) -> str:
    """Make a value of a kind, as a person would write it."""
    if kind in _CHOICES:
        return rng.choice(_CHOICES[kind])
    if kind in _UNITS:
        return _measure(kind, rng)
    if kind in ("money", "salary", "bigmoney"):
        return _money(kind, rng)
    return _named(kind, rng)


def _measure(kind: str, rng: Random) -> str:
    (low, high), units = _UNITS[kind]
    unit = rng.choice(units)
    number = rng.randint(low, high)
    amount = str(number)
    if rng.random() < 0.2:
        amount = f"{number} to {number + rng.randint(1, 9)}"
    elif rng.random() < 0.15:
        amount = f"about {number}"
    return f"{amount}%" if unit == "%" else f"{amount} {unit}"


def _money(kind: str, rng: Random) -> str:
    scale = {"money": 1, "salary": 1000, "bigmoney": 1000}[kind]
    number = rng.randint(4, 180) * scale
    low, high = f"{number:,}", f"{number + rng.randint(1, 40) * scale:,}"
    sign = rng.choice("$$$€£₹")
    forms = [f"{sign}{low}", f"{low} {rng.choice(['dollars', 'euros', 'pounds', 'rupees'])}"]
    forms.append(f"{sign}{low} to {sign}{high}")
    if scale == 1000:
        forms.append(f"{sign}{number // 1000}k")
    return rng.choice(forms)


def _named(kind: str, rng: Random) -> str:
    day = f"{rng.randint(1, 28)} {rng.choice(MONTHS)}"
    forms = {
        "date": day,
        "year": str(rng.randint(1890, 2024)),
        "month": rng.choice(MONTHS),
        "weekday": rng.choice(WEEKDAYS) + "s",
        "person": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "count": str(rng.randint(2, 120)),
        "bignumber": f"{rng.randint(2, 900) * 100:,}",
        "small": str(rng.randint(1, 14)),
        "country": rng.choice(COUNTRIES),
        "place": f"{rng.randint(1, 99)} {rng.choice(STREETS)}",
        "phone": f"0{rng.randint(100, 999)} {rng.randint(10000, 99999)}",
        "opening": f"from {rng.randint(6, 11)} am to {rng.randint(4, 10)} pm",
    }
    return forms[kind]
