"""Teaches schemathesis the one media type of the interface that it does not know: a text, sent as it is."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def as_it_is(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
