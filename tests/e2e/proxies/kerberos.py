# SPDX-License-Identifier: MIT
"""A key distribution centre of MIT Kerberos on loopback, with one user and the service of a
proxy."""

import os
import shutil
import signal
import subprocess

from harness import free_port, read_text, wait_for

REALM = "CORP.TEST"
USER = "alice"
PASSWORD = "a ticket's password"


class Kdc:
    """Until the end of the `with`; `environment` is for whatever speaks Kerberos to it."""

    def __init__(self, folder, name="kdc"):
        self.root = folder.root / name
        self.root.mkdir()
        port = free_port()
        self.keytab = self.root / "http.keytab"
        (self.root / "krb5.conf").write_text(
            f"[libdefaults]\n default_realm = {REALM}\n dns_lookup_kdc = false\n"
            " dns_lookup_realm = false\n rdns = false\n dns_canonicalize_hostname = false\n"
            " udp_preference_limit = 1\n clockskew = 1\n"
            f"[realms]\n {REALM} = {{\n  kdc = 127.0.0.1:{port}\n }}\n"
            f"[domain_realm]\n localhost = {REALM}\n")
        (self.root / "kdc.conf").write_text(
            f"[kdcdefaults]\n kdc_listen = 127.0.0.1:{port}\n kdc_tcp_listen = 127.0.0.1:{port}\n"
            f"[realms]\n {REALM} = {{\n  database_name = {self.root}/principal\n"
            f"  key_stash_file = {self.root}/stash\n }}\n"
            f"[logging]\n kdc = FILE:{self.root}/kdc.log\n")
        self.environment = {"KRB5_CONFIG": str(self.root / "krb5.conf"),
                            "KRB5_KDC_PROFILE": str(self.root / "kdc.conf"),
                            "KRB5CCNAME": f"FILE:{self.root}/tickets",
                            "KRB5RCACHETYPE": "none"}
        self._run("kdb5_util", "create", "-s", "-P", "master", "-r", REALM)
        for query in (f'addprinc -pw "{PASSWORD}" {USER}', "addprinc -randkey HTTP/localhost",
                      f"ktadd -k {self.keytab} HTTP/localhost"):
            self._run("kadmin.local", "-q", query)
        self.keytab.chmod(0o644)
        self.root.chmod(0o755)

    def _run(self, command, *arguments, **more):
        path = shutil.which(command, path="/usr/sbin:/sbin:/usr/bin:/bin")
        done = subprocess.run([path, *arguments], env={**os.environ, **self.environment},
                              capture_output=True, text=True, check=False, timeout=20, **more)
        if done.returncode:
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-500:]}")

    def kinit(self, *arguments):
        self._run("kinit", *arguments, USER, input=PASSWORD + "\n")

    def kdestroy(self):
        self._run("kdestroy")

    def login(self):
        """The lines of squid for it."""
        return ("auth_param negotiate program /usr/lib/squid/negotiate_kerberos_auth "
                f"-k {self.keytab} -s HTTP/localhost@{REALM}\n"
                "auth_param negotiate children 2\nauth_param negotiate keep_alive on\n")

    def __enter__(self):
        self.process = subprocess.Popen(["/usr/sbin/krb5kdc", "-n"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **self.environment})
        wait_for(lambda: "commencing operation" in read_text(self.root / "kdc.log"), 15,
                 "the key distribution centre")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(5)
