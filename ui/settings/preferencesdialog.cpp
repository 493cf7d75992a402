// SPDX-License-Identifier: MIT
#include "ui/settings/preferencesdialog.h"

#include "core/config/filerewrite.h"
#include "core/support/atomicfile.h"
#include "core/transfer/exportedconfig.h"
#include "ui/shortpath.h"
#include "ui/tones.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace sallyport {

PreferencesDialog::PreferencesDialog(Preferences preferences, Autostart autostart,
                                     QString configDir, QWidget* parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_autostart(std::move(autostart))
    , m_configDir(std::move(configDir)) {
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Settings – Sallyport"));
    setupUi();
    m_login.setChecked(m_autostart.isOn());
    m_notify.setChecked(m_preferences.hasNotifications());
    m_quit.setCurrentIndex(static_cast<int>(m_preferences.quitChoice()));
    connect(&m_login, &QCheckBox::toggled, this, &PreferencesDialog::setAutostart);
    connect(&m_notify, &QCheckBox::toggled, this,
            [this](bool on) { m_preferences.setNotifications(on); });
    connect(&m_quit, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_preferences.setQuitChoice(static_cast<QuitChoice>(index)); });
    connect(&m_language, &QComboBox::activated, this, &PreferencesDialog::setLanguage);
    connect(&m_setUp, &QPushButton::clicked, this, &PreferencesDialog::setUpRequested);
    connect(&m_editRoutes, &QPushButton::clicked, this, &PreferencesDialog::routesRequested);
    connect(&m_import, &QPushButton::clicked, this, &PreferencesDialog::importRequested);
    connect(&m_export, &QPushButton::clicked, this, &PreferencesDialog::chooseExport);
    connect(&m_settings, &QPushButton::clicked, this,
            [this] { openFile(QStringLiteral("settings.yaml")); });
    connect(&m_routes, &QPushButton::clicked, this,
            [this] { openFile(QStringLiteral("routes.yaml")); });
    connect(&m_close, &QPushButton::clicked, this, &QDialog::accept);
}

void PreferencesDialog::setupUi() {
    m_login.setObjectName(QStringLiteral("startAtLogin"));
    m_login.setText(tr("Start at &login, in the tray"));
    m_notify.setObjectName(QStringLiteral("showNotifications"));
    m_notify.setText(tr("Show &notifications: port taken, credential refused, upstream down, "
                        "settings changed"));
    m_quitLabel.setText(tr("At &Quit, while Claude Code is connected:"));
    m_quitLabel.setBuddy(&m_quit);
    m_quit.setObjectName(QStringLiteral("quitChoice"));
    m_quit.addItems({tr("ask"), tr("restore its settings"), tr("keep it connected")});
    m_problem.setObjectName(QStringLiteral("preferencesProblem"));
    m_problem.setWordWrap(true);
    m_problem.hide();
    auto* files =
        new QLabel(tr("The proxy itself is set in two files, which are read again as soon "
                      "as they are saved. They are in %1.")
                       .arg(shortPath(m_configDir)),
                   this);
    files->setWordWrap(true);
    m_setUp.setText(tr("Set up gateway…"));
    m_editRoutes.setText(tr("Routes…"));
    m_editRoutes.setObjectName(QStringLiteral("editRoutes"));
    m_settings.setObjectName(QStringLiteral("openSettings"));
    m_settings.setText(tr("Open settings.yaml"));
    m_routes.setObjectName(QStringLiteral("openRoutes"));
    m_routes.setText(tr("Open routes.yaml"));
    m_import.setText(tr("Import…"));
    m_import.setObjectName(QStringLiteral("importConfig"));
    m_import.setToolTip(tr("Takes over providers of Claude Code, cc-switch, claude-code-router, or "
                           "of an exported configuration"));
    m_export.setText(tr("Export without keys…"));
    m_export.setObjectName(QStringLiteral("exportConfig"));
    m_close.setText(tr("Close"));
    m_close.setDefault(true);
    setupLayout(files);
}

void PreferencesDialog::setupLayout(QWidget* files) {
    auto* quit = new QHBoxLayout;
    quit->addWidget(&m_quitLabel);
    quit->addWidget(&m_quit);
    quit->addStretch(1);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {&m_setUp, &m_editRoutes, &m_settings, &m_routes}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto* transfer = new QHBoxLayout;
    for (QPushButton* button : {&m_import, &m_export}) {
        button->setAutoDefault(false);
        transfer->addWidget(button);
    }
    transfer->addStretch(1);
    auto* general = new QWidget;
    auto* column = new QVBoxLayout(general);
    column->setSpacing(10);
    column->addWidget(&m_login);
    column->addWidget(&m_notify);
    column->addLayout(quit);
    column->addLayout(newLanguageRow());
    column->addWidget(&m_problem);
    column->addWidget(files);
    column->addLayout(buttons);
    column->addLayout(transfer);
    column->addStretch(1);
    addPage(general, tr("General"));
    auto* last = new QHBoxLayout;
    last->addStretch(1);
    last->addWidget(&m_close);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(14, 12, 14, 14);
    m_pages.setObjectName(QStringLiteral("preferencesPages"));
    all->addWidget(&m_pages);
    all->addLayout(last);
}

void PreferencesDialog::addPage(QWidget* page, const QString& title) {
    m_pages.addTab(page, title);
}

int PreferencesDialog::page() const { return m_pages.currentIndex(); }

void PreferencesDialog::setPage(int index) { m_pages.setCurrentIndex(index); }

void PreferencesDialog::showPage(const QWidget* page) {
    for (int i = 0; i < m_pages.count(); ++i)
        if (m_pages.widget(i) == page) m_pages.setCurrentIndex(i);
}

/// Each language by its own name, so that it is found by those who read no other.
QLayout* PreferencesDialog::newLanguageRow() {
    m_languageLabel.setText(tr("&Language:"));
    m_languageLabel.setBuddy(&m_language);
    m_language.setObjectName(QStringLiteral("languageChoice"));
    m_language.addItems(
        {tr("of the system"), QStringLiteral("English"), QStringLiteral("简体中文")});
    m_language.setCurrentIndex(static_cast<int>(m_preferences.languageChoice()));
    auto* row = new QHBoxLayout;
    row->addWidget(&m_languageLabel);
    row->addWidget(&m_language);
    row->addStretch(1);
    return row;
}

void PreferencesDialog::setLanguage(int index) {
    const auto choice = static_cast<LanguageChoice>(index);
    if (choice == m_preferences.languageChoice()) return;
    m_preferences.setLanguageChoice(choice);
    emit languageChosen(choice);
}

void PreferencesDialog::setAutostart(bool on) {
    const auto done = m_autostart.setOn(on);
    m_problem.hide();
    if (!done) showOutcome(done.error(), false);
}

void PreferencesDialog::openFile(const QString& name) {
    const QString file = m_configDir + u'/' + name;
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo::exists(file) ? file : m_configDir));
}

void PreferencesDialog::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Export without keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->setNameFilters({tr("YAML (*.yaml *.yml)"), tr("All files (*)")});
    dialog->selectFile(QStringLiteral("sallyport.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, &PreferencesDialog::exportTo);
    dialog->open();
}

void PreferencesDialog::exportTo(const QString& file) {
    const auto routes = readText(m_configDir + QLatin1String("/routes.yaml"));
    const auto settings = readText(m_configDir + QLatin1String("/settings.yaml"));
    if (!routes || !settings) return showOutcome(routes ? settings.error() : routes.error(), false);
    const auto exported = exportedConfig({*routes, *settings}, m_configDir);
    if (!exported) return showOutcome(exported.error().toString(), false);
    const auto written = writeFileAtomically(file, exported->text);
    if (!written) return showOutcome(written.error(), false);
    QString text = tr("%1 is written; no key is in it.").arg(shortPath(file));
    if (!exported->replaced.isEmpty())
        text += u'\n' + tr("Replaced: %1").arg(exported->replaced.join(QStringLiteral(", ")));
    showOutcome(text, true);
}

void PreferencesDialog::showOutcome(const QString& text, bool isGood) {
    setTone(m_problem, isGood ? Tone::Good : Tone::Bad);
    m_problem.setText((isGood ? QStringLiteral("✓ ") : QStringLiteral("! ")) + text);
    m_problem.show();
}

} // namespace sallyport
