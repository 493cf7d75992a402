// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <variant>

namespace sallyport {

/// A source is being read; its vault says when it has changed.
struct SecretPending {};
/// Why there is no secret, and what to do; a clause.
struct SecretUnavailable {
    QString problem;
};
using SecretState = std::variant<QByteArray, SecretPending, SecretUnavailable>;

/// One place that a secret comes from. Lives on the thread of its vault, which is told of each
/// change by the function that the source was made with.
class SecretSource {
public:
    static constexpr qsizetype kMaxBytes = qsizetype{64} * 1024;

    virtual ~SecretSource() = default;
    /// What is known now; starts to read where that is needed, without waiting for it.
    [[nodiscard]] virtual SecretState state() = 0;
    /// Whether state() runs a program. Such a source is asked when a request needs it, and not
    /// ahead.
    [[nodiscard]] virtual bool runsProgram() const { return false; }
    /// An upstream did not take `secret` (401). Unless there is another one already, the next
    /// state() reads again, at most once in a second.
    virtual void refused(QByteArrayView secret) = 0;
};

/// What was read as it goes into a field: without whitespace at its ends. The error is a clause:
/// nothing is left, or there is a blank or a control character in it, which could make another
/// field.
[[nodiscard]] Result<QByteArray, QString> checkedSecret(const QByteArray& bytes);

} // namespace sallyport
