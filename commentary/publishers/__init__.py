"""Where notes go: one module a target, found by the registry.

Each declares NAME (what ``publish --to`` takes), DESCRIPTION (one line),
``publish(bundle, settings, now) -> Receipt`` and ``preview(bundle, settings, now) -> str``.
``publish`` raises PublishError where nothing went out, DoubtfulDelivery where it may have.
"""
