// SPDX-License-Identifier: MIT
#include "ui/log/rowactions.h"

#include "core/history/messageassembly.h"
#include "ui/log/errorreport.h"
#include "ui/log/rowtext.h"
#include "ui/log/selectionsum.h"
#include "ui/shortpath.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace sallyport {

namespace {

const char* endingOf(ExportFormat format) {
    switch (format) {
    case ExportFormat::Har: return ".har";
    case ExportFormat::JsonLines:
    case ExportFormat::Contents: return ".jsonl";
    case ExportFormat::Csv: return ".csv";
    }
    Q_UNREACHABLE();
}

} // namespace

ExportFormat formatOfName(const QString& path) {
    for (const ExportFormat format : {ExportFormat::JsonLines, ExportFormat::Csv})
        if (path.endsWith(QLatin1String(endingOf(format)), Qt::CaseInsensitive)) return format;
    return ExportFormat::Har;
}

QString outcomeText(const ExportOutcome& outcome) {
    if (!outcome.problem.isEmpty()) return RowActions::tr("Not exported: %1").arg(outcome.problem);
    const QString file = shortPath(outcome.path);
    const QString text =
        RowActions::tr("%Ln request(s) written to %1", nullptr, outcome.written).arg(file);
    if (outcome.bare == 0) return text;
    return text + QStringLiteral(" · ") +
           RowActions::tr("%Ln without headers and bodies", nullptr, outcome.bare);
}

RowActions::RowActions(LogTable& table, ExchangeTableModel& model, const DetailView& detail,
                       const Clock& clock)
    : m_table(table)
    , m_model(model)
    , m_detail(detail)
    , m_clock(clock) {
    setupCopyActions();
    QAction* selected = addAction(tr("Export the selected…"), "exportSelected");
    connect(selected, &QAction::triggered, this, [this] { askForFile(Scope::Selected); });
    QAction* bundle = addAction(tr("Bundle for a ticket…"), "bundleSelected");
    connect(bundle, &QAction::triggered, this, &RowActions::askForBundle);
    m_ofRow = m_all;
    QAction* passing =
        addAction(tr("Export all that pass the filter…"), "exportPassing", Qt::CTRL | Qt::Key_E);
    connect(passing, &QAction::triggered, this, [this] { askForFile(Scope::Passing); });
    connect(table.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RowActions::updateSelection);
    connect(&model, &QAbstractItemModel::modelReset, this, &RowActions::updateSelection);
    connect(&table, &LogTable::rowMenuRequested, this, [this](QMenu* menu) { fillMenu(*menu); });
    updateSelection();
}

QAction* RowActions::addAction(const QString& text, const char* name, const QKeySequence& keys) {
    auto* action = new QAction(text, &m_table);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(keys);
    m_table.addAction(action);
    m_all += action;
    return action;
}

void RowActions::setupCopyActions() {
    connect(addAction(tr("Copy URL"), "rowCopyUrl"), &QAction::triggered, this,
            [this] { copy(urlText(current().record), tr("URL copied")); });
    connect(addAction(tr("Copy as cURL (bash)"), "rowCopyBash", Qt::CTRL | Qt::SHIFT | Qt::Key_C),
            &QAction::triggered, this, [this] { copyCommand(CommandShell::Bash); });
    connect(addAction(tr("Copy as cURL (cmd)"), "rowCopyCmd"), &QAction::triggered, this,
            [this] { copyCommand(CommandShell::Cmd); });
    connect(addAction(tr("Copy for PowerShell"), "rowCopyPowerShell"), &QAction::triggered, this,
            [this] { copyCommand(CommandShell::PowerShell); });
    connect(addAction(tr("Copy request body"), "rowCopyRequestBody"), &QAction::triggered, this,
            [this] {
                const ExchangeDetail detail = current();
                copy(QString::fromUtf8(plainBody(detail.requestBody, detail.requestFields)),
                     tr("Request body copied"));
            });
    connect(addAction(tr("Copy response body"), "rowCopyResponseBody"), &QAction::triggered, this,
            [this] {
                const ExchangeDetail detail = current();
                copy(QString::fromUtf8(plainBody(detail.responseBody, detail.responseFields)),
                     tr("Response body copied"));
            });
    connect(addAction(tr("Copy error report"), "rowCopyReport", Qt::CTRL | Qt::SHIFT | Qt::Key_E),
            &QAction::triggered, this,
            [this] { copy(errorReport(current()), tr("Error report copied")); });
}

void RowActions::fillMenu(QMenu& menu) {
    if (!menu.isEmpty()) menu.addSeparator();
    menu.addActions(m_all);
}

void RowActions::updateSelection() {
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (QAction* action : std::as_const(m_ofRow))
        action->setEnabled(!selection.isEmpty());
    SelectionSum sum;
    const WallTime now = m_clock.wallNow();
    for (const QItemSelectionRange& range : selection)
        for (int row = range.top(); row <= range.bottom(); ++row)
            if (const ExchangeRecord* record = m_model.recordAt(row)) sum.add(*record, now);
    emit selectionSummed(sumText(sum));
}

ExchangeDetail RowActions::current() const {
    const quint64 id = m_table.currentId();
    if (m_detail.id() == id) return m_detail.detail();
    ExchangeDetail bare;
    if (const ExchangeRecord* record = m_model.find(id)) bare.record = *record;
    return bare;
}

void RowActions::copy(const QString& text, const QString& what) {
    QApplication::clipboard()->setText(text);
    emit copied(what);
}

void RowActions::copyCommand(CommandShell shell) {
    copy(commandFor(current(), shell), tr("Command copied"));
}

QFileDialog* RowActions::newDialog(const QString& title, const char* name) {
    auto* dialog = new QFileDialog(m_table.window(), title);
    m_dialog = dialog;
    dialog->setObjectName(QString::fromLatin1(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    return dialog;
}

void RowActions::askForBundle() {
    if (m_dialog) return;
    QFileDialog* dialog = newDialog(tr("Bundle for a ticket"), "bundleDialog");
    dialog->setNameFilter(tr("HTTP Archive (*.har)"));
    dialog->setDefaultSuffix(QStringLiteral("har"));
    dialog->selectFile(QStringLiteral("sallyport-ticket.har"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        ExportRequest wanted = request(Scope::Selected);
        wanted.path = path;
        emit bundleRequested(wanted);
    });
    dialog->open();
}

void RowActions::askForFile(Scope scope) {
    if (m_dialog) return;
    QFileDialog* dialog = newDialog(tr("Export requests"), "exportDialog");
    dialog->setNameFilters({tr("HTTP Archive (*.har)"), tr("JSON, one object a line (*.jsonl)"),
                            tr("Table without contents (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("har"));
    dialog->selectFile(QStringLiteral("requests.har"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& chosen) {
        const QString suffix = chosen.section(u'.', -1).chopped(1);
        dialog->setDefaultSuffix(suffix);
        dialog->selectFile(QLatin1String("requests.") + suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, scope](const QString& path) {
        ExportRequest wanted = request(scope);
        wanted.path = path;
        wanted.format = formatOfName(path);
        emit exportRequested(wanted);
    });
    dialog->open();
}

ExportRequest RowActions::request(Scope scope) const {
    ExportRequest wanted;
    if (scope == Scope::Passing && m_hasHistory) {
        wanted.query = m_model.query();
        return wanted;
    }
    const auto add = [&wanted](ExchangeRecord record) {
        const bool isKept = isHistoryId(record.id);
        record.id &= ~kHistoryBit;
        (isKept ? wanted.kept : wanted.live) += record;
    };
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const bool isWanted =
            scope == Scope::Passing || m_table.selectionModel()->isRowSelected(row);
        if (const ExchangeRecord* record = m_model.recordAt(row); record && isWanted) add(*record);
    }
    return wanted;
}

} // namespace sallyport
