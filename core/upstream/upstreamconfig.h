// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/balancerules.h"
#include "core/support/defaultport.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sallyport {

/// One base URL of an upstream group, taken apart.
struct UpstreamTarget {
    bool isTls = false;
    QByteArray host; ///< lower case, an IPv6 address without brackets
    quint16 port = kHttpPort;
    QByteArray basePath;  ///< without a trailing slash: "" or "/llm"
    QByteArray authority; ///< as it goes into Host: port only where it is not the scheme's own
    int weight = 1;
    friend bool operator==(const UpstreamTarget&, const UpstreamTarget&) = default;
};

struct UpstreamTimeouts {
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds firstByte{600000}; ///< request sent to response head
    std::chrono::milliseconds idle{300000};      ///< silence in mid-response
    friend bool operator==(const UpstreamTimeouts&, const UpstreamTimeouts&) = default;
};

/// Where a real credential comes from.
struct CredentialSource {
    enum class Kind { None, Environment, File, Keychain, Command };
    Kind kind = Kind::None;
    QString name;                         ///< variable, absolute path, or keychain entry
    QStringList command;                  ///< program and arguments; no shell reads them
    std::chrono::milliseconds ttl{0};     ///< how long what the command printed is used
    std::chrono::milliseconds timeout{0}; ///< for one run of it
    friend bool operator==(const CredentialSource&, const CredentialSource&) = default;
};
enum class CredentialForm { Bearer, XApiKey };

/// How connections leave this machine.
struct Via {
    enum class Kind { Direct, System, Proxy };
    Kind kind = Kind::Direct;
    QByteArray host; ///< of the proxy, as in UpstreamTarget
    quint16 port = 0;
    QByteArray user;             ///< empty: none
    QByteArray password;         ///< from the URL; secret
    CredentialSource credential; ///< of the password, instead
    friend bool operator==(const Via&, const Via&) = default;
};

/// One entry of `upstreams:`.
struct UpstreamConfig {
    QString name;
    bool isSandbox = false;
    QString replayFile;  ///< absolute path of a recording that is served; empty: none
    int replaySpeed = 1; ///< times as fast as it was recorded; 0: without pauses
    std::vector<UpstreamTarget> targets; ///< in the order of the file
    BalanceRules balance;
    /// One: the credential; several: keys of which another is used when one is refused; none: the
    /// client's own pass.
    std::vector<CredentialSource> credentials;
    CredentialForm credentialAs = CredentialForm::Bearer;
    UpstreamTimeouts timeouts;
    QString caFile; ///< absolute path of a PEM bundle trusted beside the system's; or empty
    bool verifyTls = true;
    QString certFile; ///< absolute path of a PEM with our own certificate; or empty
    QString keyFile;  ///< absolute path of its private key; empty: it stands in certFile
    Via via;
    bool usesHttp2 = false; ///< toward its targets
    /// Nothing of it leaves this machine, and it has no targets.
    [[nodiscard]] bool isLocal() const { return isSandbox || !replayFile.isEmpty(); }
    friend bool operator==(const UpstreamConfig&, const UpstreamConfig&) = default;
};

} // namespace sallyport
