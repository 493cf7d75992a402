// SPDX-License-Identifier: MIT
#pragma once

#include "ui/engineinterface.h"
#include "ui/setup/setupchoice.h"

#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

namespace sallyport {

/// Asks for the address and key of one gateway, tests it, and writes the first configuration; or
/// one for the sandbox.
class SetupDialog : public QDialog {
    Q_OBJECT
public:
    /// `engine` outlives the dialog.
    SetupDialog(EngineInterface& engine, QString configDir, QWidget* parent = nullptr);
    ~SetupDialog() override;

private:
    void setupForm();
    void chooseCaFile();
    void setupUi();
    void setupReplaceNote();
    void updateState();
    void startTest();
    void showTestResult(const UpstreamTestResult& result);
    void save();
    void showResult(const QString& text, bool isGood);
    [[nodiscard]] SetupChoice choice() const;

    EngineInterface& m_engine;
    QString m_configDir;
    QRadioButton m_ownGateway, m_sandbox;
    QWidget m_form;
    QLineEdit m_url, m_key, m_caFile;
    QRadioButton m_bearer, m_apiKey;
    QPushButton m_browse, m_test, m_cancel, m_save;
    QLabel m_replaceNote, m_result;
};

} // namespace sallyport
