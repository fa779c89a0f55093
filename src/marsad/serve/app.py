"""The app put together: one store, the gate, the routes with their rules."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI

from marsad import __version__
from marsad.serve import access, api, assets, docs, faults, login, passwords, static_files, threads
from marsad.serve.gate import Gate
from marsad.serve.pages import ROUTERS
from marsad.serve.settings import Settings
from marsad.serve.shell import Shell
from marsad.store import Store


def create(settings: Settings, more: Iterable[APIRouter] = ()) -> FastAPI:
    """The observatory of `settings`, with `more` routes where given. Its store is open until `app.state.store.close()`.

    Raises MarsadError for a route without a rule and for files that are missing, StoreError for a store that cannot be opened.
    """
    assets.check()
    store = Store.open(settings.store, now=settings.now)
    app = FastAPI(title="Marsad", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=threads.few)
    app.state.settings, app.state.store = settings, store
    for router in (static_files.router, login.router, docs.router, *api.ROUTERS, *ROUTERS, *more):
        app.router.routes.extend(router.routes)  # as they are: each path stands in one list, where its rule is checked
    access.check(app.router.routes)
    if settings.team:
        passwords.ready()
    faults.install(app)
    app.add_middleware(Gate, settings=settings, store=store)
    app.add_middleware(Shell, body=settings.body, hsts=settings.secure and settings.token == "")
    return app
