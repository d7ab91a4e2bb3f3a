"""Handing a file back to whoever gave it."""

from django.http import FileResponse, HttpRequest

from alongside.foundation import access
from alongside.foundation.files import queries


@access.requires(access.MEMBER, methods="GET")
def download(request: HttpRequest, ref: str) -> FileResponse:
    """The file as an attachment: a browser never shows it as a page."""
    upload = access.fetch(queries.visible_to(request.actor), ref=ref)
    file = queries.opened(upload)
    return FileResponse(file, as_attachment=True, filename=upload.name, content_type="application/octet-stream")
