"""Invented names. Nobody and nothing here is real."""

from random import Random

FIRST = (
    "Aaliyah", "Abel", "Ada", "Aiden", "Alfie", "Alisha", "Amara", "Amelia", "Amir", "Anaya",
    "Arlo", "Asha", "Aubrey", "Bea", "Blake", "Callum", "Carys", "Casey", "Chidi", "Cora", "Dara",
    "Dev", "Dylan", "Eden", "Elif", "Elijah", "Elsie", "Ewan", "Faith", "Farah", "Felix", "Fern",
    "Finley", "Freya", "Gabriel", "Grace", "Hamza", "Hana", "Harper", "Hugo", "Ibrahim", "Imani",
    "Indie", "Iris", "Isaac", "Ivy", "Jaden", "Jamal", "Jodie", "Jude", "Kai", "Keira", "Kofi",
    "Kyra", "Lacey", "Layla", "Leo", "Libby", "Logan", "Lola", "Maisie", "Malik", "Mariam",
    "Mason", "Maya", "Milo", "Mina", "Nadia", "Nia", "Noah", "Nour", "Oisin", "Olive", "Omar",
    "Orla", "Oscar", "Poppy", "Priya", "Quinn", "Rafi", "Reece", "Remi", "Rhys", "Rosa", "Ruby",
    "Sadie", "Samira", "Seth", "Shay", "Skye", "Sofia", "Tariq", "Theo", "Tia", "Toby", "Uma",
    "Vera", "Willow", "Xander", "Yara", "Yusuf", "Zac", "Zara", "Zuri",
)  # fmt: skip

LAST = (
    "Abara", "Adair", "Ashdown", "Bassett", "Beech", "Birchall", "Blackwood", "Brookes", "Bryce",
    "Calder", "Carrow", "Chaudhry", "Coldwell", "Cray", "Dalby", "Darwish", "Denholm", "Dosanjh",
    "Eastham", "Elmore", "Farrow", "Fenwick", "Garside", "Gill", "Greenacre", "Haldane",
    "Harkness", "Hawley", "Hollis", "Iqbal", "Jarrow", "Kendrick", "Khatun", "Kirkby", "Lacey",
    "Larkin", "Lowther", "Mahoney", "Marsden", "Mbeki", "Merrin", "Nolan", "Norbury", "Oakes",
    "Ogunbanjo", "Okoro", "Orchard", "Patten", "Penrose", "Quill", "Rahman", "Rigby", "Rowntree",
    "Sandford", "Selby", "Shah", "Sidhu", "Stanhope", "Tamworth", "Thackray", "Underhill",
    "Varley", "Wadsworth", "Whitlock", "Winter", "Wolds", "Yardley", "Zaman",
)  # fmt: skip

STREETS = ("Alder Lane", "Beck Street", "Canal Row", "Forge Road", "Mill Walk", "Orchard Close")

WARDS = (
    "Alderbeck", "Beckside", "Bramley Heath", "Canal Town", "Castle Green", "Cold Norton",
    "Dunmoor", "Eastfields", "Forge Hill", "Gallowtree", "Hawthorn", "Kingsmead", "Lower Marl",
    "Millbrook", "Netherwood", "Old Quarry", "Pinfold", "Quarry Bank Top", "Riverside",
    "St Wulfric's", "Thornley", "Upper Marl", "Westgate", "Wharfside",
)  # fmt: skip

SCHOOLS = (
    ("Alder Brook Primary School", "Primary"),
    ("Beck Lane Primary School", "Primary"),
    ("Canalside Primary School", "Primary"),
    ("Castle Green Primary School", "Primary"),
    ("Forge Hill Primary School", "Primary"),
    ("Hawthorn Church Primary School", "Primary"),
    ("Lower Marl Infant School", "Primary"),
    ("Millbrook Primary School", "Primary"),
    ("Netherwood Primary School", "Primary"),
    ("Pinfold Primary School", "Primary"),
    ("Riverside Primary School", "Primary"),
    ("Thornley Primary School", "Primary"),
    ("Wharfside Primary School", "Primary"),
    ("Bramley Heath Academy", "Secondary"),
    ("Eastfields High School", "Secondary"),
    ("Alder Hill School", "Secondary"),
    ("Old Quarry High School", "Secondary"),
    ("St Wulfric's School", "Secondary"),
    ("Upper Marl Academy", "Secondary"),
    ("Westgate High School", "Secondary"),
    ("Marlbeck Sixth Form College", "16 plus"),
    ("Dunmoor Special School", "All-through"),
    ("The Pines Special School", "All-through"),
    ("Marlbeck Pupil Referral Service", "Secondary"),
)


def child_name(rng: Random) -> tuple[str, str]:
    """A first and a last name."""
    return rng.choice(FIRST), rng.choice(LAST)


def phone(rng: Random) -> str:
    """A number of the range kept for drama, which no telephone has."""
    return f"07700 900{rng.randrange(1000):03d}"
