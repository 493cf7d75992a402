// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QTableView;

namespace sallyport {

/// Keeps a view at its end while a person is there, and lets go when they scroll up. Whether they
/// are there is sampled before rows come in, because afterwards the end has moved.
class FollowTail : public QObject {
    Q_OBJECT
public:
    /// `view` has its model already and outlives this.
    explicit FollowTail(QTableView& view, QObject* parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    /// Rows that came below while not following.
    [[nodiscard]] int unseen() const { return m_unseen; }
    /// Goes to the end and stays there.
    void follow();

signals:
    void changed();

private:
    [[nodiscard]] bool isAtEnd() const;
    void beforeInsert();
    void afterInsert(int first, int last);
    void afterRemove(int first, int last);
    void scrolled();
    void settle();
    void setState(bool isFollowing, int unseen);

    QTableView& m_view;
    bool m_isFollowing = true;
    bool m_isInserting = false;
    int m_unseen = 0;
};

} // namespace sallyport
