// SPDX-License-Identifier: MIT
#include "ui/settings/importdialog.h"

#include "core/claudecode/unifieddiff.h"
#include "core/transfer/importsources.h"
#include "core/transfer/keyfile.h"
#include "ui/shortpath.h"
#include "ui/tones.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kWidth = 760;
constexpr int kSourceRole = Qt::UserRole;
constexpr int kIndexRole = Qt::UserRole + 1;
enum Column { kName, kAddress, kKey };

/// What a person has to know of a provider, a line each.
QStringList notesOf(const FoundProvider& provider, const QString& present) {
    if (!provider.obstacle.isEmpty())
        return {ImportDialog::tr("not taken over: %1").arg(provider.obstacle)};
    if (!present.isEmpty()) return {ImportDialog::tr("is there already, as \"%1\"").arg(present)};
    QStringList notes;
    for (const QString& left : provider.left)
        notes << ImportDialog::tr("left: %1").arg(left);
    if (!provider.program.isEmpty())
        notes << ImportDialog::tr("runs a program: %1").arg(provider.program);
    return notes;
}

QString keyOf(const FoundProvider& provider) {
    if (!provider.keyVariable.isEmpty()) return u'$' + provider.keyVariable;
    return provider.key.isEmpty() ? QString() : ImportDialog::tr("found");
}

} // namespace

ImportDialog::ImportDialog(EngineInterface& engine, QString configDir,
                           std::vector<ImportSource> sources, QWidget* parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_configDir(std::move(configDir))
    , m_sources(std::move(sources))
    , m_base(importBase(m_configDir)) {
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import – Sallyport"));
    setupUi();
    connect(&m_tree, &QTreeWidget::itemChanged, this, &ImportDialog::handleChanged);
    connect(&m_keys, &QComboBox::currentIndexChanged, this, &ImportDialog::updateState);
    connect(&m_destination, &QComboBox::currentIndexChanged, this, &ImportDialog::updateState);
    connect(&m_file, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    connect(&m_import, &QPushButton::clicked, this, &ImportDialog::startImport);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_engine, &EngineInterface::credentialStored, this, &ImportDialog::handleStored);
    fillTree();
    resize(kWidth, sizeHint().height());
}

void ImportDialog::setupTree() {
    m_tree.setObjectName(QStringLiteral("importTree"));
    m_tree.setAccessibleName(tr("Providers that were found"));
    m_tree.setHeaderLabels({tr("Provider"), tr("Address"), tr("Key")});
    m_tree.setRootIsDecorated(false);
    m_tree.header()->setSectionResizeMode(kName, QHeaderView::ResizeToContents);
    m_tree.header()->setSectionResizeMode(kAddress, QHeaderView::ResizeToContents);
    m_tree.header()->setSectionResizeMode(kKey, QHeaderView::ResizeToContents);
    m_tree.setMinimumHeight(fontMetrics().height() * 9);
}

void ImportDialog::setupUi() {
    setupTree();
    auto* about = new QLabel(tr("What is ticked becomes an upstream in routes.yaml. Keys are kept "
                                "apart from it; the programs that have them now keep them too."),
                             this);
    about->setWordWrap(true);
    m_result.setObjectName(QStringLiteral("importResult"));
    m_result.setWordWrap(true);
    m_result.setTextFormat(Qt::PlainText);
    m_result.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_diff.setObjectName(QStringLiteral("importDiff"));
    m_diff.setAccessibleName(tr("Changes to routes.yaml"));
    m_diff.setMinimumHeight(fontMetrics().height() * 9);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->addWidget(about);
    column->addWidget(&m_tree, 1);
    column->addLayout(newChoices());
    column->addWidget(&m_diff, 1);
    column->addWidget(&m_result);
    column->addLayout(newButtonRow());
}

QLayout* ImportDialog::newChoices() {
    m_keys.setObjectName(QStringLiteral("importKeys"));
    m_keys.addItem(tr("into the keychain of the desktop"));
    m_keys.addItem(tr("into files in %1 that only you can read")
                       .arg(shortPath(m_configDir + QLatin1String("/credentials"))));
    m_keysLabel.setText(tr("&Keys go"));
    m_keysLabel.setBuddy(&m_keys);
    m_destination.setObjectName(QStringLiteral("importDestination"));
    m_destinationLabel.setText(tr("Claude Code's &requests go"));
    m_destinationLabel.setBuddy(&m_destination);
    auto* form = new QFormLayout;
    form->addRow(&m_keysLabel, &m_keys);
    form->addRow(&m_destinationLabel, &m_destination);
    return form;
}

QLayout* ImportDialog::newButtonRow() {
    m_file.setObjectName(QStringLiteral("importFile"));
    m_file.setText(tr("From a &file…"));
    m_import.setObjectName(QStringLiteral("importNow"));
    m_import.setText(tr("&Import"));
    m_import.setDefault(true);
    m_cancel.setObjectName(QStringLiteral("cancelImport"));
    m_cancel.setText(tr("Cancel"));
    m_file.setAutoDefault(false);
    m_cancel.setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_file);
    row->addStretch(1);
    row->addWidget(&m_cancel);
    row->addWidget(&m_import);
    return row;
}

void ImportDialog::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("A configuration of Sallyport"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("YAML (*.yaml *.yml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::openFile);
    dialog->open();
}

void ImportDialog::openFile(const QString& file) {
    auto source = readExport(file);
    if (!source) return showProblem(source.error());
    m_sources.clear();
    m_sources.push_back(std::move(source).value());
    fillTree();
}

void ImportDialog::fillTree() {
    m_isFilling = true;
    m_tree.clear();
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const ImportSource& source = m_sources[i];
        auto* top = new QTreeWidgetItem(&m_tree, {importOriginName(source.origin)});
        top->setFlags(Qt::ItemIsEnabled);
        top->setFirstColumnSpanned(true);
        QString title = importOriginName(source.origin);
        if (!source.file.isEmpty()) title += QStringLiteral("  ·  ") + shortPath(source.file);
        if (!source.problem.isEmpty()) title += QStringLiteral("  ·  ! ") + source.problem;
        top->setText(kName, title);
        for (std::size_t k = 0; k < source.providers.size(); ++k)
            addProvider(*top, i, k);
        top->setExpanded(true);
    }
    m_isFilling = false;
    handleChanged();
}

void ImportDialog::addProvider(QTreeWidgetItem& parent, std::size_t source, std::size_t index) {
    const FoundProvider& provider = m_sources[source].providers[index];
    const bool isWhole = m_base && !m_base->hasFile && !provider.entry.empty();
    const QString present =
        !m_base || isWhole ? QString() : presentUpstream(m_base->text, m_base->path, provider);
    auto* item = new QTreeWidgetItem(&parent, {provider.name, provider.url, keyOf(provider)});
    item->setData(0, kSourceRole, QVariant::fromValue<qulonglong>(source));
    item->setData(0, kIndexRole, QVariant::fromValue<qulonglong>(index));
    const bool canTake = provider.obstacle.isEmpty() && present.isEmpty();
    item->setFlags(canTake ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                           : Qt::ItemIsSelectable | Qt::NoItemFlags);
    // What runs a program on this machine is taken over when a person says so.
    const bool isTicked = canTake && provider.program.isEmpty();
    item->setCheckState(0, isTicked ? Qt::Checked : Qt::Unchecked);
    // The colour of what is disabled cannot be read, 1.8:1 on white; this is to be read.
    for (int column = 0; !canTake && column < m_tree.columnCount(); ++column)
        item->setForeground(column, toneColor(Tone::Quiet, palette()));
    for (const QString& note : notesOf(provider, present)) {
        auto* line = new QTreeWidgetItem(item, {note});
        line->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
        line->setForeground(0, toneColor(Tone::Quiet, palette()));
        line->setToolTip(0, note);
        line->setFirstColumnSpanned(true);
    }
    item->setExpanded(true);
}

std::vector<const FoundProvider*> ImportDialog::chosen() const {
    std::vector<const FoundProvider*> providers;
    for (int i = 0; i < m_tree.topLevelItemCount(); ++i) {
        const QTreeWidgetItem* top = m_tree.topLevelItem(i);
        for (int k = 0; k < top->childCount(); ++k) {
            const QTreeWidgetItem* item = top->child(k);
            if (item->checkState(0) != Qt::Checked) continue;
            const auto source = item->data(0, kSourceRole).toULongLong();
            const auto index = item->data(0, kIndexRole).toULongLong();
            providers.push_back(&m_sources[source].providers[index]);
        }
    }
    return providers;
}

void ImportDialog::handleChanged() {
    if (m_isFilling) return;
    fillDestinations();
    updateState();
}

/// First that nothing changes, then the providers that are ticked, in their order.
void ImportDialog::fillDestinations() {
    m_isFilling = true;
    const QString before = m_destination.currentText();
    const bool hadChoice = m_destination.count() > 0;
    m_destination.clear();
    m_destination.addItem(tr("where they go now"));
    const auto providers = chosen();
    int used = providers.empty() ? 0 : 1;
    for (std::size_t i = 0; i < providers.size(); ++i) {
        m_destination.addItem(tr("to %1").arg(providers[i]->name));
        if (providers[i]->isInUse && used == 1) used = static_cast<int>(i) + 1;
    }
    const bool leads = m_base && leadsSomewhere(m_base->text, m_base->path);
    const int kept = hadChoice ? m_destination.findText(before) : -1;
    m_destination.setCurrentIndex(kept > 0 ? kept : (leads ? 0 : used));
    m_isFilling = false;
}

ImportChoice ImportDialog::choice() const {
    ImportChoice choice;
    for (const FoundProvider* provider : chosen())
        choice.providers.push_back(*provider);
    choice.keyPlace = m_keys.currentIndex() == 1 ? KeyPlace::File : KeyPlace::Keychain;
    if (m_destination.currentIndex() > 0)
        choice.inUse = static_cast<std::size_t>(m_destination.currentIndex() - 1);
    choice.takenKeys = keyFileNames(m_configDir);
    for (const ImportSource& source : m_sources) {
        if (source.origin != ImportOrigin::Export) continue;
        choice.routes = source.routes;
        if (m_base && !m_base->hasFile) choice.whole = source.text;
    }
    return choice;
}

void ImportDialog::updateState() {
    if (m_isFilling) return;
    m_result.clear();
    m_import.setEnabled(false);
    m_diff.clear();
    if (!m_base) return showProblem(m_base.error());
    const ImportChoice wanted = choice();
    m_destination.setEnabled(!wanted.whole);
    auto plan = planImport(m_base->text, m_base->path, wanted);
    if (!plan) return showProblem(plan.error().toString());
    m_plan = std::move(plan).value();
    m_keys.setEnabled(!m_plan.keys.empty());
    const QByteArray before = m_base->hasFile ? m_base->text : QByteArray();
    const bool isChange = m_plan.text != before && !wanted.providers.empty();
    const QString name = QStringLiteral("routes.yaml");
    if (isChange)
        m_diff.setPlainText(unifiedDiff({name, before, name, m_plan.text}) + settingsDiff());
    m_import.setEnabled(isChange);
    if (m_sources.empty())
        showProblem(tr("Neither a base URL of Claude Code, nor cc-switch, nor claude-code-router "
                       "was found on this machine."));
}

void ImportDialog::startImport() {
    m_import.setEnabled(false);
    m_waiting.clear();
    if (m_keys.currentIndex() == 0) m_waiting.assign(m_plan.keys.rbegin(), m_plan.keys.rend());
    storeNext();
}

/// First the keys: a file that names an entry which is not there would refuse requests.
void ImportDialog::storeNext() {
    if (m_waiting.empty()) return write();
    m_engine.storeCredential(m_waiting.back().name, QString::fromUtf8(m_waiting.back().secret));
}

void ImportDialog::handleStored(const QString& name, const QString& problem) {
    if (m_waiting.empty() || m_waiting.back().name != name) return;
    m_waiting.pop_back();
    if (problem.isEmpty()) return storeNext();
    m_waiting.clear();
    m_import.setEnabled(true);
    showProblem(tr("The keychain did not take the key, and nothing is written: %1\nChoose above "
                   "that keys go into files, and import again.")
                    .arg(problem));
    m_keys.setFocus();
}

QByteArray ImportDialog::settings() const {
    return m_sources.empty() ? QByteArray() : settingsToWrite(*m_base, m_sources.back().settings);
}

QString ImportDialog::settingsDiff() const {
    const QByteArray written = settings();
    const QString name = QStringLiteral("settings.yaml");
    return written.isEmpty() ? QString() : unifiedDiff({name, {}, name, written});
}

void ImportDialog::write() {
    const KeyPlace place = m_keys.currentIndex() == 1 ? KeyPlace::File : KeyPlace::Keychain;
    const auto written = writeImport(*m_base, m_plan, place, settings());
    if (!written) return showProblem(written.error());
    m_engine.reload();
    emit imported(m_destination.currentIndex() > 0
                      ? m_plan.upstreams.value(m_destination.currentIndex() - 1)
                      : QString());
    accept();
}

void ImportDialog::showProblem(const QString& text) {
    setTone(m_result, Tone::Bad);
    m_result.setText(QStringLiteral("! ") + text);
}

} // namespace sallyport
