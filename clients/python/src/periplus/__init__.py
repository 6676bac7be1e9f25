"""Client of Periplus, an opportunity radar for cross-border trade.

    import periplus
    client = periplus.connect("http://127.0.0.1:8080")
    answer = client.scan("buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP")
    answer.frame()
"""

__version__ = "0.1.0"

from . import models
from ._http import Call, Content
from ._wire import Model, Unreadable
from .answer import Answer
from .client import AsyncClient, Client, QuoteSheet, connect
from .events import Event
from .frames import frame
from .jobs import Job
from .problems import (
    Candidate,
    Conflict,
    DataMissing,
    Denied,
    JobFailed,
    MissingBackend,
    NotFound,
    NotSignedIn,
    PeriplusError,
    Problem,
    Refused,
    Row,
    ServerFault,
    Stale,
    TooMany,
    Unreachable,
)

__all__ = [
    "Answer", "AsyncClient", "Call", "Candidate", "Client", "Conflict", "Content", "DataMissing", "Denied", "Event", "Job",
    "JobFailed", "MissingBackend", "Model", "NotFound", "NotSignedIn", "PeriplusError", "Problem", "QuoteSheet", "Refused", "Row",
    "ServerFault", "Stale", "TooMany", "Unreachable", "Unreadable", "connect", "frame", "models",
]
