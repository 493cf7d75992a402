// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/contentreader.h"
#include "ui/detail/websocketmodel.h"

#include <QAbstractTableModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QWidget>

namespace sallyport {

/// The events of one stream, in order of arrival; append-only.
class EventModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, At, Gap, Type, Text, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void clear();
    void append(std::vector<TimedEvent> events);
    /// Null when there is no such row.
    [[nodiscard]] const TimedEvent* at(int row) const;
    [[nodiscard]] qint64 longestGap() const { return m_longestGap; }

private:
    std::vector<TimedEvent> m_events;
    qint64 m_longestGap = 0;
};

/// Shows each event of a stream, or each message of a WebSocket, with its time and the gap before
/// it.
class EventsPane : public QWidget {
    Q_OBJECT
public:
    explicit EventsPane(QWidget* parent = nullptr);
    void setDetail(const ExchangeDetail& detail);
    void clear();
    /// The text of the chosen event.
    [[nodiscard]] QPlainTextEdit* text() const { return m_text; }
    [[nodiscard]] int count() const { return m_model->rowCount() + m_messageModel->rowCount(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setupTables();
    [[nodiscard]] QTableView* makeTable(QAbstractItemModel& model, const QString& name,
                                        const QString& title);
    void showEventAt(int row);
    void showMessageAt(int row);
    void setSummary(const ExchangeRecord& record);
    [[nodiscard]] QString summaryOf(const WebSocketSummary& summary) const;

    EventModel* m_model;
    WebSocketModel* m_messageModel;
    QStackedWidget* m_tables;
    QTableView* m_table;
    QTableView* m_messageTable;
    QPlainTextEdit* m_text;
    QLabel* m_summary;
    quint64 m_id = 0;
    ContentReader m_reader;
    EventReader m_events;
};

} // namespace sallyport
