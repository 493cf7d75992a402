// SPDX-License-Identifier: MIT
#include "ui/routes/routeeditor.h"

#include "core/claudecode/unifieddiff.h"
#include "core/config/intranetpreset.h"
#include "core/config/loader.h"
#include "core/config/routesedit.h"
#include "ui/shortpath.h"
#include "ui/tones.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QUrl>
#include <QVBoxLayout>

namespace sallyport {

namespace {

constexpr int kDiffLines = 7;
constexpr RouteTemplate kTemplates[] = {RouteTemplate::Gateway, RouteTemplate::SecondProvider,
                                        RouteTemplate::Sandbox, RouteTemplate::Answer,
                                        RouteTemplate::Block};

/// A change made with RoutesEdit.
template <typename Make>
TextEdit changeBy(Make make) {
    return [make](const QByteArray& yaml, const QString& path) {
        RoutesEdit edit(yaml, path);
        make(edit);
        return edit.result();
    };
}

/// Not the key of a button by the letter that it begins with.
QString withoutMnemonic(QString text) { return text.remove(u'&'); }

} // namespace

RouteEditor::RouteEditor(QString configDir, QWidget* parent)
    : QDialog(parent)
    , m_configDir(std::move(configDir))
    , m_document(m_configDir)
    , m_watcher(m_configDir)
    , m_templates(this)
    , m_port(Settings().listenPort) {
    setObjectName(QStringLiteral("routeEditor"));
    setWindowTitle(tr("Routes – Sallyport"));
    setupActions();
    setupTemplates();
    setupTable();
    setupUi();
    connect(
        &m_model, &RouteTableModel::switchRequested, this, [this](const QString& name, bool on) {
            apply(changeBy([=](RoutesEdit& edit) {
                      edit.set({RoutesList::Routes, name}, {}, "enabled", on ? "true" : "false");
                  }),
                  name);
        });
    connect(&m_model, &RouteTableModel::moveRequested, this, [this](const QString& name, int to) {
        apply(changeBy([=](RoutesEdit& edit) {
                  edit.move({RoutesList::Routes, name}, static_cast<std::size_t>(to));
              }),
              name);
    });
    connect(&m_watcher, &ConfigWatcher::changed, this, &RouteEditor::reload);
    connect(&m_explain, &ExplainLine::routeFound, this, &RouteEditor::selectRoute);
    updateView(m_model.nameAt(0));
    resize(900, 620);
    m_table.setFocus();
}

QAction* RouteEditor::addAction(const QString& text, const char* name, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(withoutMnemonic(text) + QStringLiteral(" (") +
                       keys.toString(QKeySequence::NativeText) + u')');
    QWidget::addAction(action);
    return action;
}

void RouteEditor::setupActions() {
    m_edit = addAction(tr("&Edit…"), "editRoute", QKeySequence(Qt::Key_F2));
    m_remove = addAction(tr("&Remove"), "removeRoute", QKeySequence(Qt::CTRL | Qt::Key_Delete));
    m_up = addAction(tr("Move &up"), "moveRouteUp", QKeySequence(Qt::ALT | Qt::Key_Up));
    m_down = addAction(tr("Move &down"), "moveRouteDown", QKeySequence(Qt::ALT | Qt::Key_Down));
    m_undo = addAction(tr("Undo"), "undoRoutes", QKeySequence::Undo);
    m_redo = addAction(tr("Redo"), "redoRoutes", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    connect(m_edit, &QAction::triggered, this, &RouteEditor::editSelected);
    connect(m_remove, &QAction::triggered, this, &RouteEditor::removeSelected);
    connect(m_up, &QAction::triggered, this, [this] { moveSelected(-1); });
    connect(m_down, &QAction::triggered, this, [this] { moveSelected(1); });
    connect(m_undo, &QAction::triggered, this, &RouteEditor::stepBack);
    connect(m_redo, &QAction::triggered, this, &RouteEditor::stepForth);
}

void RouteEditor::setupTemplates() {
    for (const RouteTemplate kind : kTemplates) {
        QAction* action = m_templates.addAction(templateTitle(kind));
        action->setObjectName(QStringLiteral("template%1").arg(static_cast<int>(kind)));
        connect(action, &QAction::triggered, this,
                [this, kind] { openForm({}, templateFields(kind, m_document.routes())); });
    }
    m_templates.addSeparator();
    QAction* preset = m_templates.addAction(tr("All routes for Claude Code in a closed network"));
    preset->setObjectName(QStringLiteral("templateIntranet"));
    connect(preset, &QAction::triggered, this, &RouteEditor::addPreset);
    m_add.setObjectName(QStringLiteral("addRoute"));
    m_add.setText(tr("&Add"));
    m_add.setMenu(&m_templates);
    m_add.setPopupMode(QToolButton::InstantPopup);
    m_add.setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_add.setFocusPolicy(Qt::StrongFocus);
    m_add.setShortcut(QKeySequence::New);
}

void RouteEditor::setupTable() {
    m_table.setObjectName(QStringLiteral("routeTable"));
    m_table.setAccessibleName(tr("Routes, in the order of the file"));
    m_table.setModel(&m_model);
    m_table.setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table.setSelectionMode(QAbstractItemView::SingleSelection);
    m_table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table.setDragDropMode(QAbstractItemView::InternalMove);
    m_table.setDragDropOverwriteMode(false);
    m_table.setDropIndicatorShown(true);
    m_table.setTabKeyNavigation(false);
    m_table.setWordWrap(false);
    m_table.setShowGrid(false);
    m_table.verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table.horizontalHeader()->setHighlightSections(false);
    m_table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table.horizontalHeader()->setStretchLastSection(true);
    connect(&m_table, &QTableView::activated, this, &RouteEditor::editSelected);
    connect(m_table.selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RouteEditor::updateActions);
}

QLayout* RouteEditor::newButtonRow() {
    auto* row = new QHBoxLayout;
    row->addWidget(&m_add);
    for (QAction* action : {m_edit, m_remove, m_up, m_down, m_undo, m_redo}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
        if (action == m_down) row->addStretch(1);
    }
    return row;
}

QLayout* RouteEditor::newLowerRow() {
    m_openFile.setText(tr("Open routes.yaml"));
    m_openFile.setObjectName(QStringLiteral("openRoutesFile"));
    m_upstreams.setText(tr("Upstreams…"));
    m_upstreams.setObjectName(QStringLiteral("openUpstreams"));
    m_close.setText(tr("Close"));
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {&m_openFile, &m_upstreams, &m_close}) {
        // Return edits the route that is selected.
        button->setAutoDefault(false);
        buttons->addWidget(button);
        if (button == &m_upstreams) buttons->addStretch(1);
    }
    connect(&m_openFile, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(
            QUrl::fromLocalFile(m_document.hasFile() ? m_document.path() : m_configDir));
    });
    connect(&m_upstreams, &QPushButton::clicked, this, &RouteEditor::upstreamsRequested);
    connect(&m_close, &QPushButton::clicked, this, &QDialog::accept);
    return buttons;
}

void RouteEditor::setupUi() {
    m_problem.setObjectName(QStringLiteral("routesProblem"));
    m_problem.setWordWrap(true);
    m_problem.setTextFormat(Qt::PlainText);
    m_problem.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_changeLabel.setObjectName(QStringLiteral("routesChange"));
    m_changeLabel.setWordWrap(true);
    m_changeLabel.setText(
        tr("Each change is written at once to %1, as the lines that change and no "
           "others.")
            .arg(shortPath(m_document.path())));
    m_diff.setObjectName(QStringLiteral("routesDiff"));
    m_diff.setAccessibleName(tr("The latest change of routes.yaml"));
    m_diff.setFixedHeight(m_diff.fontMetrics().lineSpacing() * kDiffLines + 12);
    m_diff.hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addLayout(newButtonRow());
    column->addWidget(&m_problem);
    column->addWidget(&m_table, 1);
    column->addWidget(&m_explain);
    column->addWidget(&m_changeLabel);
    column->addWidget(&m_diff);
    column->addLayout(newLowerRow());
}

void RouteEditor::setPort(quint16 port) {
    m_port = port;
    updateExplanation();
}

void RouteEditor::reload() {
    const QString selected = selectedName();
    if (!m_document.refresh()) return;
    m_diff.hide();
    m_changeLabel.setText(tr("The file was changed by another program and read again."));
    updateView(selected);
    if (m_form) m_form->updateState();
}

void RouteEditor::updateView(const QString& selected) {
    const auto& problem = m_document.problem();
    m_problem.setVisible(problem.has_value());
    if (problem) {
        setTone(m_problem, Tone::Bad);
        m_problem.setText(
            QStringLiteral("! ") +
            tr("Nothing can be edited until the file is mended: %1").arg(problem->toString()));
    }
    m_model.setEditable(!problem);
    m_model.setRoutes(m_document.routes().routes);
    m_table.resizeColumnsToContents();
    selectRoute(selected);
    updateExplanation();
    updateActions();
}

void RouteEditor::updateExplanation() {
    Config config;
    if (const auto loaded = loadConfig(m_configDir)) config.settings = (*loaded)->settings;
    const RoutesFile& file = m_document.routes();
    config.upstreams = file.upstreams;
    config.routes = file.routes;
    config.forward = file.forward;
    config.intercept = file.intercept;
    m_explain.setConfig(std::move(config), m_port);
}

void RouteEditor::updateActions() {
    const int row = m_table.currentIndex().row();
    const bool canEdit = !m_document.problem() && row >= 0;
    m_add.setEnabled(!m_document.problem());
    m_edit->setEnabled(canEdit);
    m_remove->setEnabled(canEdit);
    m_up->setEnabled(canEdit && row > 0);
    m_down->setEnabled(canEdit && row + 1 < m_model.rowCount());
    m_undo->setEnabled(m_document.canUndo());
    m_redo->setEnabled(m_document.canRedo());
}

void RouteEditor::report(const Result<Done, QString>& done, const QByteArray& before,
                         const QString& selected) {
    // What we have written ourselves is not told as somebody else's.
    m_watcher.acknowledge();
    if (!done) {
        // The file may be another one by now.
        m_document.refresh();
        updateView(selected);
        m_diff.hide();
        m_changeLabel.setText(QStringLiteral("! ") + done.error());
        return;
    }
    const QString name = QStringLiteral("routes.yaml");
    const QString diff = unifiedDiff({name, before, name, m_document.text()});
    emit changed();
    m_changeLabel.setText(tr("Written, and in force at once:"));
    m_diff.setPlainText(diff);
    m_diff.setVisible(!diff.isEmpty());
    updateView(selected);
}

bool RouteEditor::apply(const TextEdit& change, const QString& selected) {
    const QByteArray before = m_document.text();
    const auto done = m_document.apply(change);
    report(done, before, selected);
    return done.isOk();
}

void RouteEditor::stepBack() {
    const QByteArray before = m_document.text();
    const QString selected = selectedName();
    report(m_document.undo(), before, selected);
}

void RouteEditor::stepForth() {
    const QByteArray before = m_document.text();
    const QString selected = selectedName();
    report(m_document.redo(), before, selected);
}

void RouteEditor::editSelected() {
    const QString name = selectedName();
    if (!name.isEmpty() && m_edit->isEnabled())
        openForm(name, routeFields(m_document.text(), name));
}

void RouteEditor::removeSelected() {
    const QString name = selectedName();
    const int row = m_table.currentIndex().row();
    const QString next = m_model.nameAt(row + 1 < m_model.rowCount() ? row + 1 : row - 1);
    apply(changeBy([=](RoutesEdit& edit) { edit.remove({RoutesList::Routes, name}); }), next);
}

void RouteEditor::moveSelected(int by) {
    const int to = m_table.currentIndex().row() + by;
    if (to >= 0 && to < m_model.rowCount()) emit m_model.moveRequested(selectedName(), to);
}

void RouteEditor::addPreset() {
    apply(
        [](const QByteArray& yaml, const QString& path) -> Result<QByteArray, ConfigError> {
            auto preset = withIntranetPreset(yaml, path);
            if (!preset) return Failure{preset.error()};
            return std::move(preset->text);
        },
        selectedName());
}

std::optional<QString> RouteEditor::editedRoute() const {
    const RouteDialog* form = m_form.data();
    if (!form || !form->isVisible()) return {};
    return form->former();
}

void RouteEditor::edit(const QString& route) {
    openForm(route, route.isEmpty() ? RouteFields() : routeFields(m_document.text(), route));
}

void RouteEditor::openForm(const QString& former, const RouteFields& fields) {
    delete m_form;
    auto* form = new RouteDialog(m_document, former, fields, this);
    form->setAttribute(Qt::WA_DeleteOnClose);
    connect(form, &RouteDialog::saveRequested, this, [this, form] { saveForm(*form); });
    m_form = form;
    form->open();
}

void RouteEditor::saveForm(RouteDialog& form) {
    const RouteFields fields = form.fields();
    const QString former = form.former();
    const bool isWritten =
        apply([=](const QByteArray& yaml,
                  const QString& path) { return withRouteFields(yaml, path, former, fields); },
              fields.name);
    if (isWritten)
        form.accept();
    else
        form.showProblem(m_changeLabel.text());
}

void RouteEditor::selectRoute(const QString& name) {
    const int row = m_model.rowOf(name);
    if (row >= 0) m_table.setCurrentIndex(m_model.index(row, 0));
}

QString RouteEditor::selectedName() const { return m_model.nameAt(m_table.currentIndex().row()); }

} // namespace sallyport
