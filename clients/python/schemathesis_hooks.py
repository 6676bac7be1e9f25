"""What the generator cannot know of the API.

A cursor is opaque: only one that a page gave is one, and any other text is refused (400). Where valid requests are made, an invented
cursor is taken out; that pages follow each other to the end is tested in tests/test_live.py. Where invalid requests are made, it stays.
"""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """Just before a request is sent."""
    query = case.query
    if query and "cursor" in query and case.meta is not None and case.meta.generation.mode.is_positive:
        del query["cursor"]
