"""The API, one version of it under /api/v1: OGC API Features for incidents, and the rest of the record beside it."""

from fastapi import APIRouter

from marsad.serve.api import decisions, features, made, record

ROUTERS: list[APIRouter] = [features.router, record.router, made.router, decisions.router]
