# Management commands of Django; `flsf` has its own under flsf.cli.
