// SPDX-License-Identifier: MIT
#include "core/http/websocketextensions.h"

#include "core/http/field.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sallyport {

namespace {

struct Parameter {
    QByteArrayView name;
    QByteArrayView value;
    bool hasValue = false;
};

/// RFC 6455 9.1: a quoted value has to be a token once it is unquoted, so no ';' hides in it.
std::vector<Parameter> parametersOf(QByteArrayView extension) {
    std::vector<Parameter> out;
    while (true) {
        const qsizetype end = extension.indexOf(';');
        const QByteArrayView part = (end < 0 ? extension : extension.first(end)).trimmed();
        const qsizetype equals = part.indexOf('=');
        Parameter parameter{equals < 0 ? part : part.first(equals).trimmed(), {}, equals >= 0};
        if (equals >= 0) parameter.value = part.sliced(equals + 1).trimmed();
        const QByteArrayView value = parameter.value;
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            parameter.value = value.sliced(1, value.size() - 2);
        out.push_back(parameter);
        if (end < 0) return out;
        extension = extension.sliced(end + 1);
    }
}

/// RFC 7692 7.1.2: 8 to 15 without leading zeros.
std::optional<int> windowBits(const Parameter& parameter) {
    static constexpr std::array<QByteArrayView, 8> kBits{"8",  "9",  "10", "11",
                                                         "12", "13", "14", "15"};
    const auto at = std::find(kBits.begin(), kBits.end(), parameter.value);
    if (!parameter.hasValue || at == kBits.end()) return std::nullopt;
    return 8 + static_cast<int>(at - kBits.begin());
}

/// Applies one parameter of permessage-deflate; false when it is none.
bool apply(const Parameter& parameter, WebSocketTerms& terms) {
    const auto is = [&parameter](QByteArrayView name) {
        return ascii::equalsIgnoreCase(parameter.name, name);
    };
    const bool isOfClient =
        parameter.name.size() > 7 && ascii::equalsIgnoreCase(parameter.name.first(7), "client_");
    DeflateTerms& direction = isOfClient ? *terms.fromClient : *terms.fromServer;
    if (is("client_no_context_takeover") || is("server_no_context_takeover")) {
        direction.keepsContext = false;
        return !parameter.hasValue;
    }
    if (!is("client_max_window_bits") && !is("server_max_window_bits")) return false;
    const std::optional<int> bits = windowBits(parameter);
    direction.windowBits = bits.value_or(direction.windowBits);
    return bits.has_value();
}

bool isRepeated(const std::vector<Parameter>& parameters, std::size_t at) {
    return std::any_of(parameters.begin() + 1, parameters.begin() + static_cast<qsizetype>(at),
                       [&](const Parameter& before) {
                           return ascii::equalsIgnoreCase(before.name, parameters[at].name);
                       });
}

WebSocketTerms unreadable(QByteArray why) { return {{}, {}, std::move(why)}; }

WebSocketTerms unknown(QByteArrayView extension) {
    constexpr qsizetype kShown = 64;
    QByteArray why = "the extension ";
    why.append(extension.first(std::min(extension.size(), kShown)));
    return unreadable(why.append(" is not known here"));
}

} // namespace

WebSocketTerms readWebSocketExtensions(QByteArrayView response) {
    WebSocketTerms terms;
    for (const QByteArrayView member : listMembers(response)) {
        const std::vector<Parameter> parameters = parametersOf(member);
        const QByteArrayView name = parameters[0].name;
        if (!ascii::equalsIgnoreCase(name, "permessage-deflate")) return unknown(name);
        if (terms.fromClient) return unreadable("permessage-deflate was agreed on twice");
        terms.fromClient.emplace();
        terms.fromServer.emplace();
        for (std::size_t at = 1; at < parameters.size(); ++at)
            if (isRepeated(parameters, at) || !apply(parameters[at], terms))
                return unreadable("a parameter of permessage-deflate is not valid");
    }
    return terms;
}

} // namespace sallyport
