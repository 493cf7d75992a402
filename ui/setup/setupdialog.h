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

/// Asks for the one gateway that is needed to begin, tries it, and writes the first files; or
/// takes the sandbox.
class SetupDialog : public QDialog {
    Q_OBJECT
public:
    /// `gateway` outlives the dialog.
    SetupDialog(EngineInterface& gateway, QString configDir, QWidget* parent = nullptr);
    ~SetupDialog() override;

private:
    void layForm();
    void chooseCaFile();
    void layRest();
    void follow();
    void test();
    void showTestResult(const UpstreamTestResult& result);
    void save();
    void say(const QString& text, bool isGood);
    [[nodiscard]] SetupChoice choice() const;

    EngineInterface& m_engine;
    QString m_configDir;
    QRadioButton m_ownGateway, m_sandbox;
    QWidget m_form;
    QLineEdit m_url, m_key, m_caFile;
    QRadioButton m_bearer, m_apiKey;
    QPushButton m_browse, m_test, m_cancel, m_save;
    QLabel m_result;
};

} // namespace sallyport
