from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "flsf.oversight"
    verbose_name = "Oversight"
