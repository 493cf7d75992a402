// SPDX-License-Identifier: MIT
#pragma once

#include "core/transfer/foundprovider.h"
#include "ui/connect/diffview.h"
#include "ui/engineinterface.h"
#include "ui/settings/importdialog.h"
#include "ui/setup/setupchoice.h"
#include "ui/setup/setupdonepage.h"

#include <QCheckBox>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>

namespace sallyport {

/// Asks for the address and key of one gateway, or for the sandbox, tests it, and writes the
/// configuration: a first one, or an edit of the upstream that Claude Code's requests go to, shown
/// as a diff before. Ends on a page that says where requests go and what comes next.
class SetupDialog : public QDialog {
    Q_OBJECT
public:
    /// `engine` outlives the dialog.
    SetupDialog(EngineInterface& engine, QString configDir, QWidget* parent = nullptr);
    ~SetupDialog() override;

signals:
    /// The next step was chosen: connecting Claude Code.
    void connectRequested();

private:
    void setupForm();
    void chooseCaFile();
    void setupUi();
    void setupFormPage();
    [[nodiscard]] QLayout* newButtonRow();
    [[nodiscard]] QLayout* newImportRow();
    void openImport();
    void showImported(const QString& destination);
    void fillFromPresent();
    void updatePlan(bool isFine);
    void growToFit();
    void showDone(const QString& destination);
    void shrinkToDone();
    void updateState();
    void startTest();
    void handleRejected(const QString& message);
    void showTestResult(const UpstreamTestResult& result);
    void save();
    void showResult(const QString& text, bool isGood);
    [[nodiscard]] SetupChoice choice() const;

    EngineInterface& m_engine;
    QString m_configDir;
    QStackedWidget m_pages; ///< before its pages and their parts, which are destroyed before it
    QWidget m_page;
    QRadioButton m_ownGateway, m_sandbox;
    QWidget m_form;
    QString m_certFile, m_certKeyFile; ///< of the upstream in use; for the test
    Via m_via;                         ///< likewise
    QLineEdit m_url, m_key, m_caFile;
    QRadioButton m_bearer, m_apiKey;
    QCheckBox m_intranet;
    QPushButton m_browse, m_test, m_cancel, m_save, m_import;
    QLabel m_found;
    std::vector<ImportSource> m_sources; ///< what other programs have on this machine
    QLabel m_changeNote, m_result;
    DiffView m_diff;
    SetupDonePage m_done;
    bool m_isBroken = false; ///< routes.yaml cannot be read, so nothing can be saved
};

} // namespace sallyport
