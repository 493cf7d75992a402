// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/resenddraft.h"
#include "ui/log/detailreads.h"
#include "ui/log/logtable.h"
#include "ui/resend/comparisonwindow.h"
#include "ui/resend/resenddialog.h"

#include <QAction>
#include <QMenu>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace sallyport {

/// What sends a row's request once more, as it was or edited, to any upstream, and shows both
/// responses side by side. The actions stand in the menu of a row and have keys of their own.
class ResendActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        LogTable& table; ///< the keys work in its whole window
        const ExchangeTableModel& model;
        DetailReads& reads;
    };
    /// All outlive this.
    ResendActions(EngineInterface& engine, const Parts& parts, const Clock& clock);

    /// Adds them to a menu.
    void fillMenu(QMenu& menu);
    void setUpstreams(const QStringList& upstreams) { m_upstreams = upstreams; }
    void setPrices(const PriceTable& prices);
    /// After the model has them.
    void noteRecords(const QVector<ExchangeRecord>& records);

signals:
    /// What came of it, for the status line.
    void told(const QString& what);

private:
    enum class Purpose { None, Send, Edit };
    QAction* addAction(const QString& text, const char* name, const QKeySequence& keys);
    void begin(Purpose purpose);
    void detailRead(const ExchangeDetail& detail);
    void detailMissing(quint64 id);
    void draft(const ExchangeDetail& detail);
    void send(ResendRequest request);
    void noteEnd(quint64 number, const QString& problem);
    void compareSelected();
    void showPair(quint64 left, quint64 right);
    void updateActions();
    [[nodiscard]] quint64 originOf(quint64 id) const;
    [[nodiscard]] QVector<quint64> selectedIds() const;
    ComparisonWindow& comparison();

    EngineInterface& m_engine;
    LogTable& m_table;
    const ExchangeTableModel& m_model;
    DetailReads& m_reads;
    const Clock& m_clock;
    QStringList m_upstreams;
    PriceTable m_prices;
    QVector<QAction*> m_actions;
    Purpose m_purpose = Purpose::None;
    quint64 m_wanted = 0;     ///< the row whose contents a draft is made of
    quint64 m_left = 0;       ///< of the comparison
    quint64 m_right = 0;      ///< 0: it has not come yet
    quint64 m_number = 0;     ///< of the request that was sent last
    quint64 m_shown = 0;      ///< number of the request on the right; 0: none of this window
    quint64 m_newest = 0;     ///< live id that was seen last
    bool m_isAwaited = false; ///< its record has not come
    QTimer m_again;           ///< the right one runs: its contents are read again
    QPointer<ResendDialog> m_dialog;
    QPointer<ComparisonWindow> m_comparison;
};

} // namespace sallyport
