// SPDX-License-Identifier: MIT
#include "core/config/defaultfiles.h"

#include "core/config/yamledit.h"

namespace sallyport {

namespace {

const char kRoutesHead[] =
    "# Sallyport: where requests go. Saving this file is enough, it is read again at once;\n"
    "# a file with an error changes nothing, and the error is shown with its line.\n"
    "\n"
    "upstreams:\n";

const char kForwardText[] = "\n"
                            "# What programs may reach when they use Sallyport as their proxy and "
                            "no route takes the request.\n"
                            "forward:\n"
                            "  enabled: true\n"
                            "  # networks, decided on the address after resolution\n"
                            "  deny: [169.254.0.0/16, \"fe80::/10\", \"fd00:ec2::254\"]\n"
                            "  ports: [80, 443, 1024-65535]\n";

QByteArray claudeRoute(const QByteArray& upstream) {
    return "\n"
           "routes:\n"
           "  - name: claude\n"
           "    enabled: true\n"
           "    match: {path: /}          # everything that is addressed to Sallyport itself\n"
           "    upstream: " +
           upstream +
           "\n"
           "    access: token             # only with the local token; open lets everyone here "
           "in\n";
}

} // namespace

yaml::ListEntry upstreamEntry(const FirstGateway& gateway) {
    const QByteArray name = yaml::quotedScalar(gateway.name);
    const QByteArray url = yaml::quotedScalar(gateway.url);
    const QByteArray credential = yaml::quotedScalar(
        gateway.credential.isEmpty() ? QStringLiteral("none") : gateway.credential);
    const QByteArray form = gateway.isApiKey ? "x-api-key" : "bearer";
    yaml::ListEntry entry{"upstreams", {}, {}};
    entry.block = "- name: " + name + "\n  targets:\n    - {url: " + url +
                  "}\n  # Where the real key is: env:NAME, file:PATH, or none to pass on what the "
                  "client sends.\n  credential: " +
                  credential + "\n  credential_as: " + form +
                  "             # bearer or x-api-key\n";
    entry.flow = "{name: " + name + ", targets: [{url: " + url + "}], credential: " + credential +
                 ", credential_as: " + form;
    if (!gateway.caFile.isEmpty()) {
        const QByteArray tls = "tls: {ca_file: " + yaml::quotedScalar(gateway.caFile) + '}';
        entry.block += "  " + tls + "   # trusted beside the system's own authorities\n";
        entry.flow += ", " + tls;
    }
    const QByteArray timeouts = "timeouts: {connect: 5s, first_byte: 600s, idle: 300s}";
    entry.block += "  " + timeouts + '\n';
    entry.flow += ", " + timeouts + '}';
    return entry;
}

QByteArray firstRoutesText(const FirstGateway& gateway) {
    QByteArray entry = upstreamEntry(gateway).block;
    entry.chop(1);
    return kRoutesHead + ("  " + entry.replace('\n', "\n  ")) + '\n' +
           claudeRoute(yaml::quotedScalar(gateway.name)) + kForwardText;
}

QByteArray sandboxRoutesText() {
    return kRoutesHead +
           QByteArray("  # The sandbox answers on this machine: it costs nothing and sends nothing "
                      "anywhere.\n"
                      "  - name: sandbox\n"
                      "    sandbox: true\n"
                      "  # A real gateway would be:\n"
                      "  # - name: corp\n"
                      "  #   targets:\n"
                      "  #     - {url: \"https://gateway.example.com/llm\"}\n"
                      "  #   credential: env:CORP_API_KEY\n"
                      "  #   credential_as: bearer\n") +
           claudeRoute("sandbox") + kForwardText;
}

QByteArray firstSettingsText() {
    return "# Sallyport: how it listens, logs and limits. These are the defaults; a line that is "
           "taken\n"
           "# out means the same as it does here. Saving this file is enough, it is read again at "
           "once.\n"
           "\n"
           "listen: 127.0.0.1:8899\n"
           "\n"
           "access:\n"
           "  token: auto             # auto: made on first start · none · env:NAME · file:PATH\n"
           "  allow_remote: false     # true lets other machines in; needs a token\n"
           "  allowed_hosts: []       # names besides localhost that requests may carry in Host\n"
           "\n"
           "log: {level: info}        # trace · debug · info · warn · error\n"
           "\n"
           "capture:\n"
           "  bodies: true            # keep contents for the log window\n"
           "  max_body: 4MiB          # of each, in memory\n"
           "\n"
           "limits:\n"
           "  head: 64KiB             # of a request line with its fields\n"
           "  connections: 4096\n"
           "  header_timeout: 30s\n"
           "\n"
           "drain: 30s                # how long exchanges may go on when Sallyport is told to "
           "stop\n";
}

} // namespace sallyport
