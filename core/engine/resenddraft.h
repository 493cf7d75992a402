// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/resendrequest.h"
#include "core/observe/exchangerecord.h"
#include "core/support/result.h"

#include <QString>
#include <QStringList>

namespace sallyport {

/// A kept exchange made ready to be sent once more.
struct ResendDraft {
    ResendRequest request;
    /// Names of fields that are missing since only a mask of their secret is kept.
    QStringList withheld;
    bool isAddressMasked = false; ///< a secret in the target is a mask: it cannot go as it is
    bool isContentMasked = false; ///< a secret in the content is a mask, and goes as that
};

/// `number` is that of the row. The error is a sentence: why this exchange cannot be sent again.
[[nodiscard]] Result<ResendDraft, QString> draftOf(const ExchangeDetail& detail,
                                                   const QString& number);

/// Whether a text has the mask of a secret in it, and cannot go as it is.
[[nodiscard]] bool isMasked(QByteArrayView text);

} // namespace sallyport
