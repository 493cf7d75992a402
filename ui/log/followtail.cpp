// SPDX-License-Identifier: MIT
#include "ui/log/followtail.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

namespace sallyport {

FollowTail::FollowTail(QTableView& view, QObject* parent)
    : QObject(parent)
    , m_view(view) {
    QAbstractItemModel* model = view.model();
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &FollowTail::beforeInsert);
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { afterInsert(first, last); });
    connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { afterRemove(first, last); });
    connect(model, &QAbstractItemModel::modelReset, this, &FollowTail::scrollToTail);
    QScrollBar* bar = view.verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &FollowTail::handleScroll);
    // The range moves only when the view lays out its items, after the rows have come.
    connect(bar, &QScrollBar::rangeChanged, this, &FollowTail::scrollToTail);
}

bool FollowTail::isAtEnd() const {
    const QScrollBar* bar = m_view.verticalScrollBar();
    return bar->value() >= bar->maximum();
}

void FollowTail::beforeInsert() { m_isInserting = true; }

void FollowTail::afterInsert(int first, int last) {
    m_isInserting = false;
    const bool isBelow = last == m_view.model()->rowCount() - 1;
    if (m_isFollowing)
        scrollToTail();
    else if (isBelow)
        setState(false, m_unseen + last - first + 1);
    else if (first == 0)
        moveBy(last - first + 1);
}

/// Rows that came or went at the top move the content; the scroll position follows, so that the
/// text in sight stays where it is.
void FollowTail::moveBy(int rows) {
    const bool isByPixel = m_view.verticalScrollMode() == QTableView::ScrollPerPixel;
    const int unit = isByPixel ? m_view.verticalHeader()->defaultSectionSize() : 1;
    QScrollBar* bar = m_view.verticalScrollBar();
    const int wanted = bar->value() + rows * unit;
    // The range grows only when the view lays out its items.
    m_isInserting = rows > 0;
    if (rows > 0) m_view.doItemsLayout();
    bar->setValue(wanted);
    m_isInserting = false;
}

void FollowTail::afterRemove(int first, int last) {
    if (!m_isFollowing && first == 0) moveBy(first - last - 1);
}

void FollowTail::handleScroll() {
    if (m_isInserting) return;
    setState(isAtEnd(), isAtEnd() ? 0 : m_unseen);
}

void FollowTail::scrollToTail() {
    if (m_isFollowing) m_view.scrollToBottom();
}

void FollowTail::follow() {
    setState(true, 0);
    m_view.scrollToBottom();
}

void FollowTail::setState(bool isFollowing, int unseen) {
    if (m_isFollowing == isFollowing && m_unseen == unseen) return;
    m_isFollowing = isFollowing;
    m_unseen = unseen;
    emit changed();
}

} // namespace sallyport
