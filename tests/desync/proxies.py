# SPDX-License-Identifier: MIT
"""Servers that say what they saw in their access log: the request line and the fields that frame."""

import json
import os
import re

from server import Server


def framed(request, length, coding):
    """Of a log that has the request line and the fields that frame."""
    method, _, rest = request.partition(" ")
    target = rest.rsplit(" ", 1)[0] if " HTTP/" in rest else rest
    if coding not in ("", "-"):
        return method, target, None
    return method, target, int(length) if length.isdigit() else 0


def unescaped(text):
    """Of a log that has \\xhh, and a backslash before quotes and itself."""
    def character(match):
        return chr(int(match[1][1:], 16)) if len(match[1]) == 3 else match[1]
    return re.sub(r"\\(x[0-9a-fA-F]{2}|.)", character, text)


class Nginx(Server):
    says_all = True
    needs = ("nginx",)

    def start(self):
        self.write("nginx.conf", """daemon off; master_process off; pid @FOLDER@/pid;
error_log @FOLDER@/error.log;
events { worker_connections 512; }
http {
  log_format seen escape=json '["$request","$content_length","$http_transfer_encoding"]';
  access_log @LOG@ seen; client_max_body_size 0; large_client_header_buffers 8 128k;
  keepalive_requests 1000000; client_body_temp_path @FOLDER@/b;
  proxy_temp_path @FOLDER@/p; fastcgi_temp_path @FOLDER@/f; uwsgi_temp_path @FOLDER@/u;
  scgi_temp_path @FOLDER@/s;
  server { listen 127.0.0.1:@PORT@; location / { return 200 "ok"; } }
}
""")
        self.run("nginx", "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log")

    def parse(self, line):
        return framed(*json.loads(line))

    version = classmethod(lambda cls: cls.version_of("nginx", "-v"))


class Apache(Server):
    says_all = True
    needs = ("apache2",)

    def start(self):
        (self.folder / "www").mkdir()
        modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
                          for name in ("mpm_event", "authz_core"))
        self.write("apache.conf", modules + """ServerName localhost
Listen 127.0.0.1:@PORT@
PidFile @FOLDER@/pid
ErrorLog @FOLDER@/error.log
DocumentRoot @FOLDER@/www
LimitRequestFieldSize 131072
LimitRequestLine 131072
LimitRequestFields 0
MaxKeepAliveRequests 0
KeepAliveTimeout 60
User nobody
Group nogroup
LogFormat "%r\\t%{Content-Length}i\\t%{Transfer-Encoding}i" seen
CustomLog @LOG@ seen
""")
        os.chmod(self.folder, 0o755)
        self.run("apache2", "-d", self.folder, "-f", self.folder / "apache.conf", "-DFOREGROUND")

    def parse(self, line):
        return framed(*(unescaped(part) for part in line.split("\t")))

    version = classmethod(lambda cls: cls.version_of("apache2", "-v"))


class Lighttpd(Server):
    says_all = True
    needs = ("lighttpd",)

    def start(self):
        (self.folder / "www").mkdir()
        self.write("lighttpd.conf", """server.modules = ("mod_accesslog")
server.document-root = "@FOLDER@/www"
server.bind = "127.0.0.1"
server.port = @PORT@
server.max-keep-alive-requests = 1000000
server.errorlog = "@FOLDER@/error.log"
server.max-request-field-size = 65535
accesslog.filename = "@LOG@"
accesslog.format = "%r\t%{Content-Length}i\t%{Transfer-Encoding}i"
""")
        self.run("lighttpd", "-D", "-f", self.folder / "lighttpd.conf")

    def parse(self, line):
        request, length, _ = (unescaped(part) for part in line.split("\t"))
        # It takes Transfer-Encoding away.
        return framed(request, length, "" if length.isdigit() else "unknown")

    version = classmethod(lambda cls: cls.version_of("lighttpd", "-v"))


class Haproxy(Server):
    says_all = True
    needs = ("haproxy",)

    def start(self):
        self.write("haproxy.cfg", """global
  tune.bufsize 262144
  tune.http.logurilen 65535
  tune.http.maxhdr 500
  log stdout len 65535 format raw local0
defaults
  mode http
  timeout client 60s
  timeout http-keep-alive 60s
  log global
frontend f
  bind 127.0.0.1:@PORT@
  option http-buffer-request
  http-request capture req.hdr(content-length) len 32
  http-request capture req.hdr(transfer-encoding) len 32
  log-format "%[capture.req.method]\t%[capture.req.uri]\t%[capture.req.hdr(0)]\t%[capture.req.hdr(1)]"
  http-request return status 200 content-type text/plain string ok
""")
        self.log = self.folder / "output.log"
        self.run("haproxy", "-db", "-f", self.folder / "haproxy.cfg")

    @staticmethod
    def is_of_a_request(line):
        return line.count("\t") == 3

    def parse(self, line):
        method, target, length, coding = line.split("\t")
        return framed(f"{method} {target} HTTP/1.1", length, coding)

    version = classmethod(lambda cls: cls.version_of("haproxy", "-v"))


class Varnish(Server):
    says_all = True
    needs = ("varnishd", "varnishncsa", "cc")

    def start(self):
        self.write("d.vcl", "vcl 4.1;\nbackend none none;\n"
                            "sub vcl_recv { return (synth(200)); }\n")
        limits = ("http_req_size=262144", "http_req_hdr_len=131072", "http_max_hdr=500",
                  "workspace_client=512k", "timeout_idle=60", "vsl_buffer=300k", "vsl_reclen=200k")
        self.run("varnishd", "-F", "-a", f"127.0.0.1:{self.port}", "-f", self.folder / "d.vcl",
                 "-n", self.folder / "work", "-T", "none", "-s", "default,16m", "-j", "none",
                 *(word for limit in limits for word in ("-p", limit)))
        self.wait()
        self.run("varnishncsa", "-n", self.folder / "work", "-w", self.log, "-t", "20", "-F",
                 "%{VSL:ReqMethod}x\t%{VSL:ReqURL}x\t%{Content-Length}i\t%{Transfer-Encoding}i")

    def parse(self, line):
        return Haproxy.parse(self, unescaped(line))

    version = classmethod(lambda cls: cls.version_of("varnishd", "-V"))


class Caddy(Server):
    needs = ("caddy",)

    def start(self):
        self.write("Caddyfile", """{
  admin off
  auto_https off
}
http://127.0.0.1:@PORT@, http://:@PORT@ {
  bind 127.0.0.1
  log {
    output file @LOG@
    format json
  }
  respond "ok"
}
""")
        self.run("caddy", "run", "--config", self.folder / "Caddyfile", "--adapter", "caddyfile")

    def parse(self, line):
        request = json.loads(line)["request"]
        fields = {name.lower(): values for name, values in request.get("headers", {}).items()}
        length = fields.get("content-length", ["0"])[0]
        is_known = "content-length" in fields
        return request["method"], request["uri"], int(length) if is_known else None

    version = classmethod(lambda cls: cls.version_of("caddy", "version"))


class Tomcat(Server):
    says_all = True
    needs = ("java", "/usr/share/tomcat10/bin/bootstrap.jar")

    def start(self):
        for name in ("conf", "logs", "webapps", "temp", "work", "lib"):
            (self.folder / name).mkdir(parents=True)
        self.log = self.folder / "logs" / "seen.log"
        self.write("conf/server.xml", """<Server port="-1"><Service name="Catalina">
<Connector port="@PORT@" address="127.0.0.1" protocol="HTTP/1.1" maxKeepAliveRequests="-1"
  keepAliveTimeout="60000" maxHttpRequestHeaderSize="131072" maxHeaderCount="1000"
  relaxedPathChars="[]|{}^\\`&quot;&lt;&gt;" relaxedQueryChars="[]|{}^\\`&quot;&lt;&gt;"/>
<Engine name="Catalina" defaultHost="localhost">
<Host name="localhost" appBase="webapps" deployOnStartup="false" autoDeploy="false"/>
<Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" prefix="seen"
  suffix=".log" rotatable="false" buffered="false" maxLogMessageBufferSize="65536"
  pattern="%r&#9;%{Content-Length}i&#9;%{Transfer-Encoding}i"/>
</Engine></Service></Server>
""")
        self.log.touch()
        self.run("java", "-Xmx128m", "-Dcatalina.home=/usr/share/tomcat10",
                 f"-Dcatalina.base={self.folder}", f"-Djava.io.tmpdir={self.folder}/temp", "-cp",
                 "/usr/share/tomcat10/bin/bootstrap.jar:/usr/share/tomcat10/bin/tomcat-juli.jar",
                 "org.apache.catalina.startup.Bootstrap", "start")

    def parse(self, line):
        return framed(*(unescaped(part) for part in line.split("\t")))

    version = classmethod(lambda cls: cls.version_of(
        "java", "-cp", "/usr/share/java/tomcat10-catalina.jar:/usr/share/java/tomcat10-juli.jar:"
        "/usr/share/java/tomcat10-util.jar", "org.apache.catalina.util.ServerInfo"))
