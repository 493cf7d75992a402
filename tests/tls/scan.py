# SPDX-License-Identifier: MIT
"""sslscan, which is not ours, against the server side of TLS: nothing weak is offered."""

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

GOOD = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305"}


def findings(scan):
    """What is weak, each as a sentence."""
    protocols = {f"{p.get('type')} {p.get('version')}": p.get("enabled") == "1"
                 for p in scan.iter("protocol")}
    for name, on in protocols.items():
        if on != (name in ("tls 1.2", "tls 1.3")):
            yield f"{name} is {'on' if on else 'off'}"
    ciphers = {c.get("cipher") for c in scan.iter("cipher")}
    if not ciphers or ciphers - GOOD:
        yield f"ciphers: {sorted(ciphers - GOOD) or 'none at all'}"
    if any(int(c.get("bits")) < 128 for c in scan.iter("cipher")):
        yield "a cipher of less than 128 bits"
    for renegotiation in scan.iter("renegotiation"):
        if renegotiation.get("secure") != "1" and renegotiation.get("supported") == "1":
            yield "insecure renegotiation"
    if any(c.get("supported") == "1" for c in scan.iter("compression")):
        yield "compression (CRIME)"
    if any(h.get("vulnerable") == "1" for h in scan.iter("heartbleed")):
        yield "Heartbleed"
    for certificate in scan.iter("certificate"):
        if certificate.findtext("signature-algorithm") != "ecdsa-with-SHA256":
            yield f"signed by {certificate.findtext('signature-algorithm')}"
        if certificate.findtext("self-signed") == "true":
            yield "self-signed"
        if certificate.findtext("expired") == "true":
            yield "expired"
    groups = {g.get("name") for g in scan.iter("group")}
    if not groups or groups - {"x25519", "secp256r1 (NIST P-256)", "secp384r1 (NIST P-384)"}:
        yield f"key exchange groups: {sorted(groups)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    options = parser.parse_args()
    if not shutil.which("sslscan"):
        print("sslscan is not installed (./dev test installs it)")
        return 1
    with tempfile.TemporaryDirectory(prefix="sallyport-scan-") as folder:
        server = subprocess.Popen([options.server, folder, "0", "127.0.0.1"],
                                  stdout=subprocess.PIPE, text=True)
        try:
            port = re.fullmatch(r"listening on 127.0.0.1:(\d+)\n", server.stdout.readline())[1]
            report = subprocess.run(
                ["sslscan", "--show-sigs", "--xml=-", f"127.0.0.1:{port}"], check=False,
                capture_output=True, text=True, timeout=100).stdout
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)
    scan = xml.fromstring(report)
    offered = sorted({f"{c.get('sslversion')} {c.get('cipher')}" for c in scan.iter("cipher")})
    print("\n".join(offered))
    weak = list(findings(scan))
    for sentence in weak:
        print("FAIL!  :", sentence)
    print(f"{int(not weak)} passed, {int(bool(weak))} failed")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
