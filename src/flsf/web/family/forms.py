from flsf.web.components.fields import GovukForm, long_text


class TellForm(GovukForm):
    words = long_text("I need to tell you something", missing="Write what you want to tell us")
