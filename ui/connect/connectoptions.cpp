// SPDX-License-Identifier: MIT
#include "ui/connect/connectoptions.h"

#include "ui/codetext.h"
#include "ui/shortpath.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace sallyport {

namespace {

QString homeText(const ClaudeHome& home) {
    const QString path = shortPath(home.folder);
    return home.isOfThisUser ? path : ConnectOptions::tr("%1 (Windows)").arg(path);
}

} // namespace

ConnectOptions::ConnectOptions(QWidget* parent)
    : QWidget(parent)
    , m_homes(claudeHomes()) {
    setupUi();
    connectSignals();
}

void ConnectOptions::setupModes() {
    m_gateway.setObjectName(QStringLiteral("modeGateway"));
    m_gateway.setText(tr("By its &address: Claude Code asks Sallyport, with a token of this "
                         "machine"));
    m_intercept.setObjectName(QStringLiteral("modeIntercept"));
    m_intercept.setText(tr("By the &proxy: Claude Code keeps its own login, and trusts a "
                           "certificate of this machine"));
    m_gateway.setChecked(true);
    m_need.setObjectName(QStringLiteral("interceptNeed"));
    m_need.setWordWrap(true);
    m_need.setTextFormat(Qt::RichText);
    m_makeAuthority.setObjectName(QStringLiteral("makeAuthority"));
    m_makeAuthority.setText(tr("Create the certificate"));
    m_makeAuthority.setAutoDefault(false);
}

void ConnectOptions::setupFolder() {
    m_homeLabel.setText(tr("&Settings in:"));
    m_homeLabel.setBuddy(&m_home);
    m_home.setObjectName(QStringLiteral("homeChoice"));
    for (const ClaudeHome& home : m_homes)
        m_home.addItem(homeText(home));
    m_chooseFolder.setObjectName(QStringLiteral("chooseFolder"));
    m_chooseFolder.setText(tr("Choose the folder…"));
    m_chooseFolder.setAutoDefault(false);
    m_folder.setObjectName(QStringLiteral("projectFolder"));
    m_folder.setTextFormat(Qt::PlainText);
}

void ConnectOptions::setupUi() {
    setupModes();
    setupFolder();
    m_modeLabel.setText(tr("How:"));
    m_profileLabel.setText(tr("&Upstream:"));
    m_profileLabel.setBuddy(&m_profile);
    m_profile.setObjectName(QStringLiteral("profileChoice"));
    m_keysLabel.setText(tr("&Keys:"));
    m_keysLabel.setBuddy(&m_keys);
    m_keys.setObjectName(QStringLiteral("keyChoice"));
    m_keys.setAccessibleName(tr("Keys that are written"));
    auto* folder = new QHBoxLayout;
    folder->addWidget(&m_home, 1);
    folder->addWidget(&m_folder, 1);
    folder->addWidget(&m_chooseFolder);
    auto* need = new QHBoxLayout;
    need->addWidget(&m_need, 1);
    need->addWidget(&m_makeAuthority, 0, Qt::AlignTop);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 1);
    grid->addWidget(&m_homeLabel, 0, 0);
    grid->addLayout(folder, 0, 1);
    grid->addWidget(&m_modeLabel, 1, 0);
    grid->addWidget(&m_gateway, 1, 1);
    grid->addWidget(&m_intercept, 2, 1);
    grid->addLayout(need, 3, 1);
    grid->addWidget(&m_profileLabel, 4, 0);
    grid->addWidget(&m_profile, 4, 1);
    grid->addWidget(&m_keysLabel, 5, 0, Qt::AlignTop);
    grid->addWidget(&m_keys, 5, 1);
}

void ConnectOptions::connectSignals() {
    const auto report = [this] {
        if (!m_isUpdating) emit changed();
    };
    connect(&m_home, &QComboBox::currentIndexChanged, this, report);
    connect(&m_profile, &QComboBox::currentIndexChanged, this, report);
    connect(&m_chooseFolder, &QPushButton::clicked, this, &ConnectOptions::chooseFolder);
    connect(&m_intercept, &QRadioButton::toggled, this, &ConnectOptions::updateChoice);
    connect(&m_makeAuthority, &QPushButton::clicked, this, &ConnectOptions::authorityRequested);
    connect(&m_keys, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (m_isUpdating) return;
        const QString name = item->data(Qt::UserRole).toString();
        m_without.removeAll(name);
        if (item->checkState() == Qt::Unchecked) m_without << name;
        emit changed();
    });
}

void ConnectOptions::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder of the project"), m_project);
    dialog->setObjectName(QStringLiteral("projectFolderDialog"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        m_project = folder;
        m_folder.setText(shortPath(folder));
        emit changed();
    });
    dialog->open();
}

void ConnectOptions::updateChoice() {
    m_profile.setEnabled(!m_intercept.isChecked());
    if (!m_isUpdating) emit changed();
}

void ConnectOptions::setTarget(ClientTarget target, const ConnectChoice& choice,
                               const QStringList& profiles) {
    m_isUpdating = true;
    m_target = target;
    m_without = choice.without;
    const bool hasHomes = target == ClientTarget::Claude && m_homes.size() > 1;
    const bool isProject = target == ClientTarget::Project;
    m_homeLabel.setVisible(hasHomes || isProject);
    m_folder.setVisible(isProject);
    m_chooseFolder.setVisible(isProject);
    m_home.setVisible(hasHomes);
    m_gateway.setChecked(choice.mode == EnvMode::Gateway);
    m_intercept.setChecked(choice.mode == EnvMode::Intercept);
    m_profile.clear();
    m_profile.addItem(tr("as the routes say"));
    for (const QString& name : profiles)
        m_profile.addItem(tr("always %1").arg(name), name);
    m_profile.setCurrentIndex(std::max(0, m_profile.findData(choice.profile)));
    m_profile.setEnabled(!m_intercept.isChecked());
    m_isUpdating = false;
}

void ConnectOptions::setReadiness(const InterceptReadiness& readiness) {
    using State = InterceptReadiness::State;
    QString text;
    switch (readiness.state) {
    case State::Ready: break;
    case State::NoHosts:
        text = tr("The proxy way needs hosts in `intercept:` of routes.yaml; `sallyport config "
                  "preset intranet` adds those of Claude Code.");
        break;
    case State::NoAuthority:
        text = tr("The proxy way needs a certificate of this machine that Claude Code is told to "
                  "trust; there is none yet.");
        break;
    case State::Broken: text = readiness.problem; break;
    }
    m_need.setText(codeText(text));
    m_need.setVisible(!text.isEmpty());
    m_makeAuthority.setVisible(readiness.state == State::NoAuthority);
    m_intercept.setEnabled(readiness.state == State::Ready || m_intercept.isChecked());
}

void ConnectOptions::setKeys(const QStringList& names, const ConnectStatus& status) {
    m_isUpdating = true;
    m_keys.clear();
    for (const QString& name : names) {
        const bool isWanted = !m_without.contains(name);
        const auto found =
            std::find_if(status.keys.begin(), status.keys.end(),
                         [&name](const KeyStatus& key) { return key.key.endsWith(name); });
        QString text = name;
        if (isWanted && found != status.keys.end())
            text += QStringLiteral(" · ") + keyStateText(found->state);
        auto* item = new QListWidgetItem(text, &m_keys);
        item->setData(Qt::UserRole, name);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(isWanted ? Qt::Checked : Qt::Unchecked);
    }
    // As high as its rows: the room is the diff's.
    constexpr int kMostRows = 9;
    const int rows = std::clamp(m_keys.count(), 1, kMostRows);
    m_keys.setFixedHeight(rows * m_keys.sizeHintForRow(0) + 2 * m_keys.frameWidth() + 2);
    m_isUpdating = false;
}

ConnectRequest ConnectOptions::request() const {
    ConnectRequest request{m_target};
    if (m_target == ClientTarget::Claude && m_home.currentIndex() > 0)
        request.folder = m_homes.at(static_cast<std::size_t>(m_home.currentIndex())).folder;
    if (m_target == ClientTarget::Project) request.folder = m_project;
    request.choice.without = m_without;
    if (m_intercept.isChecked())
        request.choice.mode = EnvMode::Intercept;
    else
        request.choice.profile = m_profile.currentData().toString();
    return request;
}

QString keyStateText(KeyState state) {
    switch (state) {
    case KeyState::Missing: return ConnectOptions::tr("missing");
    case KeyState::Applied: return ConnectOptions::tr("applied");
    case KeyState::Differs: return ConnectOptions::tr("differs");
    case KeyState::Blocked: return ConnectOptions::tr("blocked");
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
