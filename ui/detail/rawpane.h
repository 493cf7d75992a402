// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QPlainTextEdit>

namespace sallyport {

/// Both messages of an exchange as they passed: first lines, fields, and contents with their
/// codings, in hexadecimal where they are binary. The first 512 KiB of each content.
[[nodiscard]] QString rawText(const ExchangeDetail& detail);

/// Shows rawText() of one exchange, as it grows.
class RawPane : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit RawPane(QWidget* parent = nullptr);
    void setDetail(const ExchangeDetail& detail);
    void clearText();

private:
    quint64 m_id = 0;
    QString m_raw; ///< what is shown
};

} // namespace sallyport
