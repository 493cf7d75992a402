// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/noticebar.h"

#include <QVBoxLayout>

namespace sallyport {

/// The notices of the present state, one bar below the other.
class NoticeStack : public QWidget {
    Q_OBJECT
public:
    explicit NoticeStack(QWidget* parent = nullptr);
    void setNotices(const std::vector<Notice>& notices);

signals:
    void actionRequested(sallyport::NoticeAction action);

private:
    QVBoxLayout m_column;
    std::vector<NoticeBar*> m_bars; ///< children
};

} // namespace sallyport
