from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "flsf.casework"
    verbose_name = "Casework"
