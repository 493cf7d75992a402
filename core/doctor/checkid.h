// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

/// The doctor's checks, in the order in which they are shown: from Claude Code outward.
enum class CheckId {
    ClientVersion,
    SettingsJson,
    Variables,
    Listener,
    SettingsAddress,
    BaseUrlPath,
    LocalToken,
    TwoCredentials,
    ApiKeyApproved,
    NoProxy,
    AllProxy,
    WebFetchPreflight,
    ConnectivityCheck,
    LocalCa,
    ConfigFiles,
    TlsVerify,
    GatewayDns,
    GatewayTcp,
    GatewayTls,
    GatewayHttp,
    GatewayModels,
    ClockSkew,
    DiskSpace,
};

/// All of them, in that order.
[[nodiscard]] const std::vector<CheckId>& allChecks();
/// The pinned name, `settings-address`.
[[nodiscard]] QString checkName(CheckId id);
/// Nothing for a name that is none.
[[nodiscard]] std::optional<CheckId> checkOfName(const QString& name);
/// What is checked, for people, translated.
[[nodiscard]] QString checkTitle(CheckId id);

} // namespace sallyport
