// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesedit.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sallyport {

/// An upstream as a form shows it. Keys of the file that have no field here stay as they are.
struct UpstreamFields {
    QString name;
    bool isSandbox = false;
    QStringList urls; ///< of the targets, in order
    /// `keychain:NAME`, `env:NAME`, `file:PATH`; empty: the client's own is passed on.
    QString credential;
    /// `credentials` or `credential_command` say where it comes from; then `credential` is empty
    /// and is not written.
    bool hasOtherCredential = false;
    bool isApiKey = false; ///< sent as `x-api-key`
    QString caFile;
    friend bool operator==(const UpstreamFields&, const UpstreamFields&) = default;
};

/// The upstream of that name; of a name that is not there, an empty form.
[[nodiscard]] UpstreamFields upstreamFields(const QByteArray& yaml, const QString& name);
/// The text in which that upstream is as the form has it. `former` empty: a new one, added as the
/// last. Another name is followed by the routes that lead there.
[[nodiscard]] Result<QByteArray, ConfigError> withUpstreamFields(const QByteArray& yaml,
                                                                 const QString& fileName,
                                                                 const QString& former,
                                                                 const UpstreamFields& fields);

} // namespace sallyport
