"""What the clock sets off. Jobs call a flow or one action, act as SYSTEM, and may run twice.

A job is a procrastinate task: kept in PostgreSQL, so asking for one inside a transaction
takes effect if and only if the transaction does. Modules are named in
settings.PROCRASTINATE_IMPORT_PATHS.
"""
