"""Components, page frame, stylesheet and sprite."""
