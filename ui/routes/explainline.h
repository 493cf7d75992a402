// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"

#include <QLabel>
#include <QLineEdit>
#include <QWidget>

namespace sallyport {

/// A line into which a request is typed or pasted, and below it where that would go and why.
class ExplainLine : public QWidget {
    Q_OBJECT
public:
    explicit ExplainLine(QWidget* parent = nullptr);
    /// Explains anew under that configuration; `port` is where Sallyport listens.
    void setConfig(Config config, quint16 port);

signals:
    /// The route that takes the request; empty: none, or there is no request.
    void routeFound(const QString& route);

private:
    void update();

    QLabel m_label;
    QLineEdit m_request;
    QLabel m_result;
    Config m_config;
    quint16 m_port = 0;
};

} // namespace sallyport
