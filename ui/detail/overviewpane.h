// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/timingbar.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <map>

namespace sallyport {

/// A summary of one exchange: state, timing, path, tokens.
class OverviewPane : public QScrollArea {
    Q_OBJECT
public:
    explicit OverviewPane(QWidget* parent = nullptr);
    void setRecord(const ExchangeRecord& record, WallTime now);
    /// What it cost; empty: nobody knows.
    void setCost(const QString& text);
    /// What it lost of the prompt cache, and why when that is known; empty: nothing.
    void setCacheLoss(const QString& text, bool isExplained);

signals:
    /// Why the prompt cache was lost is to be found out.
    void explanationRequested();

private:
    enum Row {
        State,
        Error,
        Url,
        Received,
        Path,
        Interception,
        Model,
        Tokens,
        Cost,
        Cache,
        Stream,
        WebSocket,
        Bytes,
        Client,
        Started
    };
    /// A row for `field`; its name.
    QLabel* addField(const QString& title, QWidget& field);
    void addRow(Row row, const QString& title, const char* name);
    void setRow(Row row, const QString& text);
    void setPath(const ExchangeRecord& record);
    [[nodiscard]] static QString interceptionText(const ExchangeRecord& record);

    struct Labels {
        QLabel* name;
        QLabel* value;
    };

    QGridLayout* m_form;
    std::map<Row, Labels> m_rows;
    TimingBar* m_timing;
    QPushButton* m_why;
};

} // namespace sallyport
