// SPDX-License-Identifier: MIT
#include "ui/log/noticestack.h"

namespace sallyport {

NoticeStack::NoticeStack(QWidget* parent)
    : QWidget(parent)
    , m_column(this) {
    m_column.setContentsMargins(0, 0, 0, 0);
    m_column.setSpacing(1);
}

void NoticeStack::setNotices(const std::vector<Notice>& notices) {
    while (m_bars.size() < notices.size()) {
        auto* bar = new NoticeBar(this);
        connect(bar, &NoticeBar::actionRequested, this, &NoticeStack::actionRequested);
        m_column.addWidget(bar);
        m_bars.push_back(bar);
    }
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        if (i < notices.size())
            m_bars[i]->setNotice(notices[i]);
        else
            m_bars[i]->clearNotice();
    }
}

} // namespace sallyport
