// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/claudehomes.h"
#include "core/claudecode/connecttargets.h"
#include "core/claudecode/interceptreadiness.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QWidget>

#include <vector>

namespace sallyport {

/// What can be chosen for one target: home, mode, upstream and keys.
class ConnectOptions : public QWidget {
    Q_OBJECT
public:
    explicit ConnectOptions(QWidget* parent = nullptr);

    /// Offers what there is for a target, with `choice` chosen.
    void setTarget(ClientTarget target, const ConnectChoice& choice, const QStringList& profiles);
    /// Whether interception can be chosen, and what it lacks.
    void setReadiness(const InterceptReadiness& readiness);
    /// The keys of the choice, ticked unless they are in `without`; `status` has a word for each.
    void setKeys(const QStringList& names, const ConnectStatus& status);
    [[nodiscard]] ConnectRequest request() const;

signals:
    void changed();
    /// The local authority is to be made.
    void authorityRequested();

private:
    void setupUi();
    void setupFolder();
    void setupModes();
    void connectSignals();
    void updateChoice();
    void chooseFolder();

    ClientTarget m_target = ClientTarget::Claude;
    QStringList m_without;
    std::vector<ClaudeHome> m_homes;
    bool m_isUpdating = false;
    QLabel m_homeLabel, m_profileLabel, m_need, m_modeLabel, m_keysLabel;
    QString m_project; ///< folder of target Project
    QLabel m_folder;
    QPushButton m_chooseFolder;
    QComboBox m_home, m_profile;
    QRadioButton m_gateway, m_intercept;
    QPushButton m_makeAuthority;
    QListWidget m_keys;
};

/// `missing`, `applied`, `differs` or `blocked`, for people.
[[nodiscard]] QString keyStateText(KeyState state);

} // namespace sallyport
