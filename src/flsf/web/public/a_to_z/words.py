"""What the short forms and hard words of letters and meetings mean."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the words it stands for if it is a short form, and what it means."""

    word: str
    spelt_out: str
    means: str
    search: str = ""  # what to look for in the list of services; empty: nothing

    @property
    def letter(self) -> str:
        return self.word[0].upper()


WORDS: Sequence[Word] = (
    Word("ADHD", "Attention deficit hyperactivity disorder",
         "Finding it hard to keep still, wait or pay attention.", "adhd"),
    Word("AP", "Alternative provision",
         "Learning in another place when a child cannot be in school.", "ap"),
    Word("ASD or ASC", "Autism spectrum disorder, or condition", "Autism.", "autism"),
    Word("CAMHS", "Child and adolescent mental health services",
         "The health service's teams for children's mental health.", "mental health"),
    Word("DSL", "Designated safeguarding lead",
         "The person at a school or service whose job is to keep children safe."),
    Word("EBSA", "Emotionally based school avoidance",
         "A child is too anxious or upset to go to school.", "anxious about school"),
    Word("EHCP", "Education, health and care plan",
         "A legal paper. It says what help a child must get."),
    Word("EHE", "Elective home education", "A family chooses to teach a child at home."),
    Word("EOTAS", "Education otherwise than at school",
         "Learning that the council arranges, but not in a school.", "eotas"),
    Word("EP", "Educational psychologist",
         "Somebody who finds out how a child learns and what would help."),
    Word("HI", "Hearing impairment", "Being deaf, or not hearing well.", "deaf"),
    Word("Local Offer", "",
         "Everything there is for children with special needs here. This website is a part of it."),
    Word("LAC or CLA", "Looked after child, or child looked after",
         "A child the council looks after."),
    Word("Mediation", "", "Somebody who takes no side helps you and the council to agree."),
    Word("MLD", "Moderate learning difficulty",
         "Learning takes longer than for others of that age.", "learning difficulty"),
    Word("NEET", "Not in education, employment or training",
         "A young person who is not learning and has no job.", "neet"),
    Word("OT", "Occupational therapist", "Somebody who helps with everyday things.", "ot"),
    Word("PA", "Personal assistant", "Somebody paid to help one person."),
    Word("PCF", "Parent carer forum", "Parents who speak up for all parents with the council."),
    Word("PfA", "Preparing for adulthood", "Getting ready for work, home and friends.", "pfa"),
    Word("PMLD", "Profound and multiple learning difficulties",
         "Needing a great deal of help with learning and with the body.", "pmld"),
    Word("PRU", "Pupil referral unit",
         "A school for children who cannot be in their own school for now."),
    Word("SALT or SLT", "Speech and language therapist",
         "Somebody who helps with talking and understanding.", "speech and language"),
    Word("SEMH", "Social, emotional and mental health",
         "Feelings, friends and behaviour.", "semh"),
    Word("SENCO", "Special educational needs co-ordinator",
         "The teacher who makes sure children get help at school."),
    Word("SEND", "Special educational needs and disabilities",
         "Needing more or other help to learn."),
    Word("SENDIASS", "SEND information, advice and support service",
         "Free advice for families. It does not work for the council."),
    Word("SLCN", "Speech, language and communication needs",
         "Finding it hard to talk or to understand.", "slcn"),
    Word("SLD", "Severe learning difficulty", "Needing a lot of help to learn.", "sld"),
    Word("SpLD", "Specific learning difficulty",
         "Finding one thing hard, like reading (dyslexia).", "dyslexia"),
    Word("Supported internship", "", "A year at work with a job coach.", "internship"),
    Word("Tribunal", "", "Judges who can change the council's decision about a plan."),
    Word("VI", "Visual impairment", "Being blind, or not seeing well.", "blind"),
    Word("Virtual School", "",
         "The council's teachers who look out for children in care."),
)  # fmt: skip
