// SPDX-License-Identifier: MIT
#include "core/doctor/checkid.h"

#include "core/doctor/doctortext.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

struct Entry {
    CheckId id;
    const char* name;
    const char* title;
};

const std::array kEntries{
    Entry{CheckId::ClientVersion, "client-version",
          QT_TRANSLATE_NOOP("Doctor", "Version of Claude Code")},
    Entry{CheckId::SettingsJson, "settings-json", QT_TRANSLATE_NOOP("Doctor", "Settings files")},
    Entry{CheckId::Variables, "variables", QT_TRANSLATE_NOOP("Doctor", "Values in use")},
    Entry{CheckId::Listener, "listener", QT_TRANSLATE_NOOP("Doctor", "Listener")},
    Entry{CheckId::SettingsAddress, "settings-address",
          QT_TRANSLATE_NOOP("Doctor", "Address of Sallyport")},
    Entry{CheckId::BaseUrlPath, "base-url-path", QT_TRANSLATE_NOOP("Doctor", "Base addresses")},
    Entry{CheckId::LocalToken, "local-token", QT_TRANSLATE_NOOP("Doctor", "Local token")},
    Entry{CheckId::TwoCredentials, "two-credentials", QT_TRANSLATE_NOOP("Doctor", "Credentials")},
    Entry{CheckId::ApiKeyApproved, "api-key-approved", QT_TRANSLATE_NOOP("Doctor", "API key")},
    Entry{CheckId::NoProxy, "no-proxy", QT_TRANSLATE_NOOP("Doctor", "NO_PROXY")},
    Entry{CheckId::AllProxy, "all-proxy", QT_TRANSLATE_NOOP("Doctor", "ALL_PROXY")},
    Entry{CheckId::WebFetchPreflight, "webfetch-preflight",
          QT_TRANSLATE_NOOP("Doctor", "WebFetch's preflight")},
    Entry{CheckId::ConnectivityCheck, "connectivity-check",
          QT_TRANSLATE_NOOP("Doctor", "Connectivity check")},
    Entry{CheckId::LocalCa, "local-ca", QT_TRANSLATE_NOOP("Doctor", "Local CA")},
    Entry{CheckId::ConfigFiles, "config-files", QT_TRANSLATE_NOOP("Doctor", "Sallyport's files")},
    Entry{CheckId::TlsVerify, "tls-verify", QT_TRANSLATE_NOOP("Doctor", "Checks of certificates")},
    Entry{CheckId::GatewayDns, "gateway-dns", QT_TRANSLATE_NOOP("Doctor", "Gateway: name")},
    Entry{CheckId::GatewayTcp, "gateway-tcp", QT_TRANSLATE_NOOP("Doctor", "Gateway: connection")},
    Entry{CheckId::GatewayTls, "gateway-tls", QT_TRANSLATE_NOOP("Doctor", "Gateway: TLS")},
    Entry{CheckId::GatewayHttp, "gateway-http", QT_TRANSLATE_NOOP("Doctor", "Gateway: HTTP")},
    Entry{CheckId::GatewayModels, "gateway-models", QT_TRANSLATE_NOOP("Doctor", "Gateway: models")},
    Entry{CheckId::ClockSkew, "clock-skew", QT_TRANSLATE_NOOP("Doctor", "Clock")},
    Entry{CheckId::DiskSpace, "disk-space", QT_TRANSLATE_NOOP("Doctor", "Disk")},
};

const Entry& entryOf(CheckId id) {
    return *std::find_if(kEntries.begin(), kEntries.end(),
                         [id](const Entry& entry) { return entry.id == id; });
}

} // namespace

const std::vector<CheckId>& allChecks() {
    static const std::vector<CheckId> all = [] {
        std::vector<CheckId> ids;
        for (const Entry& entry : kEntries)
            ids.push_back(entry.id);
        return ids;
    }();
    return all;
}

QString checkName(CheckId id) { return QString::fromLatin1(entryOf(id).name); }

std::optional<CheckId> checkOfName(const QString& name) {
    for (const Entry& entry : kEntries) {
        if (name == QLatin1String(entry.name)) return entry.id;
    }
    return {};
}

QString checkTitle(CheckId id) { return DoctorText::tr(entryOf(id).title); }

} // namespace sallyport
