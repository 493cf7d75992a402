// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/timingbar.h"

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>

#include <map>

namespace sallyport {

/// A summary of one exchange: state, timing, path, tokens.
class OverviewPane : public QScrollArea {
    Q_OBJECT
public:
    explicit OverviewPane(QWidget* parent = nullptr);
    void setRecord(const ExchangeRecord& record, WallTime now);

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
        Stream,
        WebSocket,
        Bytes,
        Client,
        Started
    };
    void addRow(Row row, const QString& title, const char* name);
    void setRow(Row row, const QString& text);
    void setPath(const ExchangeRecord& record);
    [[nodiscard]] static QString interceptionText(const ExchangeRecord& record);

    QFormLayout* m_form;
    std::map<Row, QLabel*> m_rows;
    TimingBar* m_timing;
};

} // namespace sallyport
