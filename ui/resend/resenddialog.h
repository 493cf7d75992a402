// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/resenddraft.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QStringList>

namespace sallyport {

/// Edits a request before it is sent once more: method, target, upstream, headers, body. It never
/// shows a credential, since none is kept, and says so.
class ResendDialog : public QDialog {
    Q_OBJECT
public:
    /// More than this of a file is not taken for a body.
    static constexpr qint64 kMaxFile = 32LL * 1024 * 1024;

    /// `upstreams`: those that can be chosen instead of what the routes say.
    ResendDialog(const ResendDraft& draft, const QStringList& upstreams, QWidget* parent = nullptr);

signals:
    /// What was asked for; the number is the one of the draft.
    void sendRequested(const sallyport::ResendRequest& request);

private:
    void setupHead(const QStringList& upstreams);
    void setupBody();
    void setupUi();
    void chooseUpstream();
    void askForFile();
    void takeFile(const QString& path);
    void send();
    void showProblem(const QString& problem);
    [[nodiscard]] QString credentialNote() const;

    ResendDraft m_draft;
    bool m_isEdited = false; ///< the body stands in m_body
    QComboBox m_method;
    QLineEdit m_target;
    QComboBox m_upstream;
    QPlainTextEdit m_fields;
    QLabel m_bodyNote;
    QPushButton m_file;
    QPlainTextEdit m_body;
    QLabel m_note;
    QLabel m_problem;
    QDialogButtonBox m_buttons;
    QPointer<QFileDialog> m_fileDialog;
};

} // namespace sallyport
