// SPDX-License-Identifier: MIT
#include "core/claudecode/wantedkeys.h"

#include "core/support/jsonstring.h"

namespace sallyport {

namespace {

constexpr const char* kSkipPreflight = "skipWebFetchPreflight";

QString noProxyOf(const SettingsView& view, QByteArrayView text, const QString& otherwise) {
    const jsonspans::Member* member = view.member("NO_PROXY", true);
    if (!member || member->kind != jsonspans::Kind::String) return otherwise;
    return QString::fromUtf8(decodedJsonString(jsonspans::slice(text, member->value)));
}

} // namespace

std::vector<WantedKey> wantedKeysFor(const ClientEnvironment& environment, const SettingsView& view,
                                     QByteArrayView text, const QString& processNoProxy) {
    std::vector<WantedKey> keys;
    ClientEnvironment here = environment;
    for (const char* name : {"http_proxy", "https_proxy"})
        here.hasLowerCaseProxy = here.hasLowerCaseProxy || view.member(name, true);
    for (const Variable& variable : variablesFor(here, noProxyOf(view, text, processNoProxy))) {
        keys.push_back(
            {variable.name.toUtf8(), true, jsonString(variable.value.toUtf8()), variable.isSecret});
    }
    // Its check goes to a fixed host of Anthropic's and would fail every WebFetch where only the
    // gateway is reached.
    if (!environment.without.contains(QLatin1String(kSkipPreflight)))
        keys.push_back({kSkipPreflight, false, "true", false});
    return keys;
}

QString settingsSnippet(const ClientEnvironment& environment, const QString& processNoProxy) {
    QByteArray text;
    const auto edit = withKeysSet(text, wantedKeysFor(environment, {}, text, processNoProxy), {});
    return edit ? QString::fromUtf8(edit->text) : QString();
}

} // namespace sallyport
