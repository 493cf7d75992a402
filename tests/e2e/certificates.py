# SPDX-License-Identifier: MIT
"""Certificates of the tests' own, by the openssl command."""

import subprocess


def make_certificate(folder):
    """A leaf for localhost under an authority of its own: (leaf with chain, key, authority)."""
    ca, leaf, request, key = (folder / name for name in ("ca.pem", "leaf.pem", "leaf.csr", "key.pem"))

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    ec = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *ec, "-keyout", folder / "ca.key", "-out", ca, "-days", 2,
            "-subj", "/CN=Sallyport test authority")
    openssl("req", *ec, "-keyout", key, "-out", request, "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", folder / "ca.key", "-days", 2,
            "-copy_extensions", "copyall", "-out", leaf)
    return leaf, key, ca
