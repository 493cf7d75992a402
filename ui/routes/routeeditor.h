// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesdocument.h"
#include "core/config/watcher.h"
#include "ui/connect/diffview.h"
#include "ui/routes/explainline.h"
#include "ui/routes/routedialog.h"
#include "ui/routes/routetablemodel.h"
#include "ui/routes/routetemplates.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include <optional>

namespace sallyport {

/// The routes of `routes.yaml`: a table in the order of the file, a form for one of them, a line
/// that explains where a request would go. Each change is written at once as a minimal edit, is
/// shown as a diff, and can be undone. The file is read again when it changes; while it is broken
/// its error is shown and nothing is edited.
class RouteEditor : public QDialog {
    Q_OBJECT
public:
    explicit RouteEditor(QString configDir, QWidget* parent = nullptr);

    /// The port that Sallyport listens on, for what a pasted address means.
    void setPort(quint16 port);
    /// The name of the route whose form is open, empty for a new one; nothing while none is.
    [[nodiscard]] std::optional<QString> editedRoute() const;
    /// Opens the form of that route, or of a new one.
    void edit(const QString& route);

signals:
    void upstreamsRequested();
    /// The file was written.
    void changed();

private:
    void setupUi();
    void setupTable();
    void setupTemplates();
    void setupActions();
    QAction* addAction(const QString& text, const char* name, const QKeySequence& keys);
    [[nodiscard]] QLayout* newButtonRow();
    [[nodiscard]] QLayout* newLowerRow();
    void reload();
    void updateView(const QString& selected);
    void updateActions();
    void updateExplanation();
    /// False, with the reason shown, when nothing was written.
    bool apply(const TextEdit& change, const QString& selected);
    void report(const Result<Done, QString>& done, const QByteArray& before,
                const QString& selected);
    void stepBack();
    void stepForth();
    void openForm(const QString& former, const RouteFields& fields);
    void saveForm(RouteDialog& form);
    void editSelected();
    void removeSelected();
    void moveSelected(int by);
    void addPreset();
    void selectRoute(const QString& name);
    [[nodiscard]] QString selectedName() const;

    QString m_configDir;
    RoutesDocument m_document;
    ConfigWatcher m_watcher;
    RouteTableModel m_model;
    QMenu m_templates;
    QTableView m_table;
    QToolButton m_add;
    QLabel m_problem, m_changeLabel;
    DiffView m_diff;
    ExplainLine m_explain;
    QPushButton m_openFile, m_upstreams, m_close;
    QAction *m_edit, *m_remove, *m_up, *m_down, *m_undo, *m_redo;
    QPointer<RouteDialog> m_form;
    quint16 m_port;
};

} // namespace sallyport
