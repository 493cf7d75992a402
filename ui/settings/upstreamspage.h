// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesdocument.h"
#include "core/config/upstreamfields.h"
#include "core/config/watcher.h"
#include "ui/connect/diffview.h"
#include "ui/engineinterface.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QWidget>

namespace sallyport {

/// The upstreams of `routes.yaml` and where their credentials are: a list, a form for the one that
/// is chosen, its test, and the lines that saving changes. A key that is entered goes into the
/// keychain; the file has its name only.
class UpstreamsPage : public QWidget {
    Q_OBJECT
public:
    /// `engine` outlives the page.
    UpstreamsPage(EngineInterface& engine, QString configDir, QWidget* parent = nullptr);
    ~UpstreamsPage() override;

private:
    enum Source { Passed, Keychain, Variable, File, Other };

    void setupForm();
    void setupUi();
    void addField(const QString& label, QWidget& field, const char* name);
    void connectSignals();
    [[nodiscard]] QLayout* newListColumn();
    void reload();
    void fillList(const QString& chosen);
    void showUpstream(const QString& name);
    void beginNew();
    void updateSource();
    void updateState();
    void removeChosen();
    void save();
    void writeFile();
    void handleStored(const QString& name, const QString& problem);
    void startTest();
    void showTestResult(const UpstreamTestResult& result);
    void showResult(const QString& text, bool isGood);
    [[nodiscard]] UpstreamFields fields() const;
    [[nodiscard]] QString credential() const;
    [[nodiscard]] TextEdit change() const;

    EngineInterface& m_engine;
    RoutesDocument m_document;
    ConfigWatcher m_watcher;
    QString m_former;         ///< name of the one in the form; empty: a new one
    bool m_isSandbox = false; ///< the chosen one, which has no fields
    bool m_isFilling = false;
    QWidget m_fields; ///< before its fields, which are destroyed before it
    QFormLayout* m_form;
    QListWidget m_list;
    QLineEdit m_name, m_place, m_key, m_caFile;
    QPlainTextEdit m_urls;
    QComboBox m_source, m_sentAs;
    QLabel m_placeLabel, m_keyLabel, m_result;
    DiffView m_diff;
    QPushButton m_add, m_remove, m_test, m_save;
};

} // namespace sallyport
