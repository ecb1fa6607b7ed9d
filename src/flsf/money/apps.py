from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "flsf.money"
    verbose_name = "Money"
