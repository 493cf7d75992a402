#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A helper of squid that checks NTLM logins for real, by the accepting side of gss-ntlmssp and the
users of NTLM_USER_FILE. (squid's own ntlm_fake_auth sends challenges whose target name lies outside
of them, which a strict reader refuses.)"""

import base64
import sys

import gssapi
import gssapi.raw

NTLMSSP = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")


def main():
    context = None
    for line in sys.stdin:
        word, _, token = line.strip().partition(" ")
        try:
            if word == "YR":
                credentials = gssapi.Credentials(usage="accept", mechs=[NTLMSSP])
                context = gssapi.SecurityContext(creds=credentials, usage="accept")
                out = context.step(base64.b64decode(token))
                answer = "TT " + base64.b64encode(out).decode()
            else:
                context.step(base64.b64decode(token))
                # squid takes a backslash for an escape.
                name = str(context.initiator_name).strip("\0 ").replace("\\", "/")
                answer = f"AF {name}" if context.complete else "NA not complete"
        except Exception as problem:  # noqa: BLE001 - squid is told of it
            answer = "NA " + " ".join(str(problem).split())
        print(answer, flush=True)


if __name__ == "__main__":
    main()
