// SPDX-License-Identifier: MIT
#pragma once

#include "core/transfer/foundprovider.h"
#include "core/transfer/importwriting.h"
#include "ui/connect/diffview.h"
#include "ui/engineinterface.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include <vector>

namespace sallyport {

/// The providers that other programs have, each with a tick, and the lines of `routes.yaml` that
/// taking them over adds. Keys go into the keychain, or into files of their own; neither the dialog
/// nor the file shows them. What cannot be taken over is named.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    /// `engine` outlives the dialog.
    ImportDialog(EngineInterface& engine, QString configDir, std::vector<ImportSource> sources,
                 QWidget* parent = nullptr);

    /// Looks at another file than those of the programs: what `config export` wrote.
    void openFile(const QString& file);

signals:
    /// Written; `destination` is the upstream that Claude Code's requests go to now, empty where
    /// that did not change.
    void imported(const QString& destination);

private:
    void setupUi();
    void setupTree();
    [[nodiscard]] QLayout* newChoices();
    [[nodiscard]] QLayout* newButtonRow();
    void chooseFile();
    void fillTree();
    void addProvider(QTreeWidgetItem& parent, std::size_t source, std::size_t index);
    void fillDestinations();
    void updateState();
    void handleChanged();
    void startImport();
    void storeNext();
    void handleStored(const QString& name, const QString& problem);
    void write();
    void showProblem(const QString& text);
    [[nodiscard]] std::vector<const FoundProvider*> chosen() const;
    [[nodiscard]] ImportChoice choice() const;
    [[nodiscard]] QByteArray settings() const;
    [[nodiscard]] QString settingsDiff() const;

    EngineInterface& m_engine;
    QString m_configDir;
    std::vector<ImportSource> m_sources;
    Result<ImportBase, QString> m_base;
    ImportPlan m_plan;
    std::vector<ImportedKey> m_waiting; ///< keys that are still to be stored, the next one last
    bool m_isFilling = false;
    QTreeWidget m_tree;
    QLabel m_keysLabel, m_destinationLabel, m_result;
    QComboBox m_keys, m_destination;
    DiffView m_diff;
    QPushButton m_file, m_import, m_cancel;
};

} // namespace sallyport
