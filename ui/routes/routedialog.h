// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routefields.h"
#include "core/config/routesdocument.h"
#include "ui/connect/diffview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace sallyport {

/// One route as a form, with the lines of `routes.yaml` that change below it. What is wrong with
/// the input is said as it is typed; nothing is written here.
class RouteDialog : public QDialog {
    Q_OBJECT
public:
    /// `former`: the name of the route that is edited; empty for a new one that begins with
    /// `fields`. `document` outlives the dialog.
    RouteDialog(const RoutesDocument& document, QString former, const RouteFields& fields,
                QWidget* parent = nullptr);

    [[nodiscard]] const QString& former() const { return m_former; }
    [[nodiscard]] RouteFields fields() const;
    void showProblem(const QString& problem);

public slots:
    /// The file has changed beside the form.
    void updateState();

signals:
    void saveRequested();

private:
    void setupFields(const RouteFields& fields);
    void setupForm();
    void setupUi();
    void addField(const QString& label, QWidget& field, const char* name);
    void updateAction();
    void setUpstreams(const QString& chosen);

    const RoutesDocument& m_document;
    QString m_former;
    QFormLayout* m_form;
    QLineEdit m_name, m_host, m_path, m_methods, m_value, m_rewrite;
    QCheckBox m_enabled;
    QComboBox m_action, m_upstream, m_access;
    QPlainTextEdit m_rules;
    QLabel m_valueLabel, m_upstreamLabel, m_problem;
    DiffView m_diff;
    QPushButton m_cancel, m_save;
};

} // namespace sallyport
