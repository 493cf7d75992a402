// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QTableView;

namespace sallyport {

/// Keeps a view scrolled to its end as long as it is there, and stops when it is scrolled up.
/// Whether it is at the end is read before rows are inserted: afterwards the end has moved.
class FollowTail : public QObject {
    Q_OBJECT
public:
    /// `view` has its model already and outlives this.
    explicit FollowTail(QTableView& view, QObject* parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    /// Rows that were appended while not following.
    [[nodiscard]] int unseen() const { return m_unseen; }
    /// Scrolls to the end and follows from now on.
    void follow();

signals:
    void changed();

private:
    [[nodiscard]] bool isAtEnd() const;
    void beforeInsert();
    void afterInsert(int first, int last);
    void afterRemove(int first, int last);
    void moveBy(int rows);
    void handleScroll();
    void scrollToTail();
    void setState(bool isFollowing, int unseen);

    QTableView& m_view;
    bool m_isFollowing = true;
    bool m_isInserting = false;
    int m_unseen = 0;
};

} // namespace sallyport
