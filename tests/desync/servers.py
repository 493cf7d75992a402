# SPDX-License-Identifier: MIT
"""The servers that ./dev desync knows, by their names in its table."""

from applications import Aiohttp, Go, Gunicorn, Node, Puma, Tornado, Webrick
from proxies import Apache, Caddy, Haproxy, Lighttpd, Nginx, Tomcat, Varnish

SERVERS = {
    "nginx": Nginx, "apache2": Apache, "lighttpd": Lighttpd, "haproxy": Haproxy,
    "varnish": Varnish, "caddy": Caddy, "tomcat": Tomcat, "node": Node, "go net/http": Go,
    "gunicorn": Gunicorn, "aiohttp": Aiohttp, "tornado": Tornado, "puma": Puma,
    "webrick": Webrick,
}
