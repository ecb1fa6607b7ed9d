"""The set of questions a council starts with. It may change all of it, within the law's limits.

Built on the four themes of DfE's voluntary national standards for non-school alternative
provision (August 2025) and the four check groups of the cabinet report, paragraph 24.
"""

from flsf.market.applications.rules.defaults.safety import SAFETY
from flsf.market.applications.rules.defaults.support import SUPPORT
from flsf.market.applications.rules.defaults.who import WHO
from flsf.market.applications.rules.questions import QuestionSet, Section

SECTIONS = (
    Section("about", "About you"),
    Section("past", "Declarations", "Things the law says we must ask everybody."),
    Section(
        "insurance",
        "Insurance",
        "You do not need any insurance in place now. You need it before you start.",
    ),
    Section("safeguarding", "Keeping children safe"),
    Section("people", "The people who work with children"),
    Section("policies", "How you work", "A few words will do. We can send you model policies."),
    Section("teaching", "What children get from it"),
    Section("prices", "Your prices"),
    Section("good", "Good you do nearby"),
    Section("truth", "Your word"),
)

DEFAULT_SET = QuestionSet(
    title="Joining the Flexible Learning Support Framework",
    sections=SECTIONS,
    questions=(*WHO, *SAFETY, *SUPPORT),
)
