// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"
#include "core/support/result.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace sallyport {

/// Reads a credential once, for a test before it is used: from a variable, a file or the keychain.
/// One reading at a time. Lives on the thread that made it.
class CredentialReading {
public:
    using Callback = std::function<void(const Result<QByteArray, QString>&)>;

    /// `done` is called once, also inside the call; with nothing for a source of kind None. The
    /// error is a clause.
    void start(const CredentialSource& source, Callback done);
    /// `done` of the one under way is not called any more.
    void cancel() { m_context.reset(); }

private:
    std::unique_ptr<QObject> m_context;
};

} // namespace sallyport
