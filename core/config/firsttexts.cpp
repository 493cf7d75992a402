// SPDX-License-Identifier: MIT
#include "core/config/firsttexts.h"

#include <QStringList>

namespace sallyport {

namespace {

/// A double-quoted YAML scalar: whatever the text is, it reads back as itself.
QByteArray quoted(const QString& text) {
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append('\\').append(c);
        else if (byte < 0x20 || byte == 0x7F)
            out.append("\\x").append(QByteArray(1, c).toHex());
        else
            out.append(c);
    }
    return out.append('"');
}

QByteArray upstreamText(const FirstGateway& gateway) {
    QByteArray text = "  - name: " + quoted(gateway.name) +
                      "\n    targets:\n      - {url: " + quoted(gateway.url) + "}\n";
    const QString credential =
        gateway.credential.isEmpty() ? QStringLiteral("none") : gateway.credential;
    text += "    # Where the real key is: env:NAME, file:PATH, or none to pass on what the client "
            "sends.\n"
            "    credential: " +
            quoted(credential) +
            "\n    credential_as: " + (gateway.isApiKey ? "x-api-key" : "bearer") +
            "             # bearer or x-api-key\n";
    if (!gateway.caFile.isEmpty())
        text += "    tls: {ca_file: " + quoted(gateway.caFile) +
                "}   # trusted beside the system's own authorities\n";
    text += "    timeouts: {connect: 5s, first_byte: 600s, idle: 300s}\n";
    return text;
}

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

QByteArray firstRoutesText(const FirstGateway& gateway) {
    return kRoutesHead + upstreamText(gateway) + claudeRoute(quoted(gateway.name)) + kForwardText;
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
