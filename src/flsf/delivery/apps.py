from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "flsf.delivery"
    verbose_name = "Delivery"
