// SPDX-License-Identifier: MIT
#include "ui/resend/resenddialog.h"

#include "core/http/headgrammar.h"
#include "core/http/requesttarget.h"
#include "core/support/regularfile.h"
#include "ui/detail/exchangetext.h"
#include "ui/log/rowtext.h"
#include "ui/resend/editablerequest.h"
#include "ui/tones.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QScreen>
#include <QSplitter>
#include <QVBoxLayout>

namespace sallyport {

namespace {

bool isJson(const FieldList& fields) {
    return isJsonType(fields.first("Content-Type").value_or(QByteArrayView()));
}

/// A label of several lines, above or below an editor.
void setupNote(QLabel& note, const char* name) {
    note.setObjectName(QString::fromLatin1(name));
    note.setTextFormat(Qt::PlainText);
    note.setWordWrap(true);
}

} // namespace

ResendDialog::ResendDialog(const ResendDraft& draft, const QStringList& upstreams, QWidget* parent)
    : QDialog(parent)
    , m_draft(draft) {
    setObjectName(QStringLiteral("resendDialog"));
    setWindowTitle(tr("Edit and re-send request %1").arg(QString::fromLatin1(draft.request.from)));
    setupHead(upstreams);
    setupBody();
    setupUi();
    const QSize room = screen()->availableGeometry().size() - QSize(40, 80);
    resize(QSize(820, 640).boundedTo(room));
}

void ResendDialog::setupHead(const QStringList& upstreams) {
    m_method.setObjectName(QStringLiteral("resendMethod"));
    m_method.setEditable(true);
    m_method.lineEdit()->setAccessibleName(tr("Method"));
    for (const char* method : {"POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
        m_method.addItem(QString::fromLatin1(method));
    m_method.setCurrentText(QString::fromLatin1(m_draft.request.method));
    m_target.setObjectName(QStringLiteral("resendTarget"));
    m_target.setText(QString::fromUtf8(m_draft.request.target));
    m_target.setCursorPosition(0);
    m_upstream.setObjectName(QStringLiteral("resendUpstream"));
    m_upstream.addItem(tr("as the routes say"), QString());
    for (const QString& name : upstreams)
        m_upstream.addItem(name, name);
    connect(&m_upstream, &QComboBox::activated, this, &ResendDialog::chooseUpstream);
    m_fields.setObjectName(QStringLiteral("resendFields"));
    m_fields.setAccessibleName(tr("Headers"));
    m_fields.setLineWrapMode(QPlainTextEdit::NoWrap);
    m_fields.setTabChangesFocus(true);
    m_fields.setFont(codeFont(font()));
    m_fields.setPlainText(fieldsText(m_draft.request.fields));
}

void ResendDialog::setupBody() {
    setupNote(m_bodyNote, "resendBodyNote");
    m_file.setObjectName(QStringLiteral("resendFile"));
    m_file.setText(tr("Take the body from a file…"));
    m_file.setAutoDefault(false);
    m_body.setObjectName(QStringLiteral("resendBody"));
    m_body.setAccessibleName(tr("Body"));
    m_body.setLineWrapMode(QPlainTextEdit::NoWrap);
    m_body.setTabChangesFocus(true);
    m_body.setFont(codeFont(font()));
    const QByteArray& content = m_draft.request.content;
    const auto text = m_draft.request.fields.contains("Content-Encoding")
                          ? std::nullopt
                          : editableText(content, isJson(m_draft.request.fields));
    m_isEdited = text.has_value();
    m_body.setPlainText(text.value_or(QString()));
    m_body.document()->setModified(false);
    m_body.setVisible(m_isEdited);
    m_bodyNote.setText(m_isEdited
                           ? tr("Body, %1").arg(sizeText(content.size()))
                           : tr("The body of %1 goes as it was recorded. It is too large, or "
                                "has too long a line, to be edited here: copy it, edit it, "
                                "and take it from a file.")
                                 .arg(sizeText(content.size())));
}

QString ResendDialog::credentialNote() const {
    QStringList notes;
    if (!m_draft.withheld.isEmpty())
        notes += tr("Not kept, and therefore missing: %1. The upstream's own credential goes with "
                    "the request. An upstream with \"credential: none\" has no other than what is "
                    "written above.")
                     .arg(m_draft.withheld.join(QStringLiteral(", ")));
    if (m_draft.isAddressMasked)
        notes += tr("A secret in the target was masked when it was recorded: write it anew.");
    if (m_draft.isContentMasked)
        notes += tr("A secret in the body was masked when it was recorded, and goes as the mask.");
    return notes.join(u'\n');
}

void ResendDialog::setupUi() {
    setupNote(m_note, "resendNote");
    m_note.setText(credentialNote());
    m_note.setVisible(!m_note.text().isEmpty());
    setupNote(m_problem, "resendProblem");
    m_problem.hide();
    connect(&m_file, &QPushButton::clicked, this, &ResendDialog::askForFile);
    auto* form = new QFormLayout;
    form->addRow(tr("Method"), &m_method);
    form->addRow(tr("Target"), &m_target);
    form->addRow(tr("Through"), &m_upstream);
    auto* head = new QWidget;
    auto* headColumn = new QVBoxLayout(head);
    headColumn->setContentsMargins(0, 0, 0, 0);
    headColumn->addLayout(form);
    headColumn->addWidget(&m_fields, 1);
    auto* body = new QWidget;
    auto* bodyColumn = new QVBoxLayout(body);
    bodyColumn->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_bodyNote, 1);
    row->addWidget(&m_file);
    bodyColumn->addLayout(row);
    bodyColumn->addWidget(&m_body, 1);
    if (!m_isEdited) bodyColumn->addStretch(1);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(head);
    parts->addWidget(body);
    parts->setChildrenCollapsible(false);
    auto* send = m_buttons.addButton(tr("Send"), QDialogButtonBox::AcceptRole);
    send->setObjectName(QStringLiteral("resendSend"));
    m_buttons.addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(&m_buttons, &QDialogButtonBox::accepted, this, &ResendDialog::send);
    connect(&m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(parts, 1);
    column->addWidget(&m_note);
    column->addWidget(&m_problem);
    column->addWidget(&m_buttons);
}

void ResendDialog::chooseUpstream() {
    const QByteArray target = m_target.text().toUtf8();
    m_target.setText(QString::fromUtf8(targetThrough(m_upstream.currentData().toString(), target)));
    m_target.setCursorPosition(0);
}

void ResendDialog::askForFile() {
    if (m_fileDialog) return;
    auto* dialog = new QFileDialog(this, m_file.text().remove(u'…'));
    m_fileDialog = dialog;
    dialog->setObjectName(QStringLiteral("resendFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ResendDialog::takeFile);
    dialog->open();
}

void ResendDialog::takeFile(const QString& path) {
    if (QFileInfo(path).size() > kMaxFile)
        return showProblem(
            tr("%1 has more than %2.").arg(path, QLocale().formattedDataSize(kMaxFile)));
    auto content = readRegularFile(path, kMaxFile);
    if (!content) return showProblem(path + u": " + content.error());
    m_draft.request.content = std::move(content).value();
    m_draft.isContentMasked = false;
    setupBody();
    m_note.setText(credentialNote());
    m_problem.hide();
}

void ResendDialog::showProblem(const QString& problem) {
    QPalette tone;
    tone.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_problem.setPalette(tone);
    m_problem.setText(problem);
    m_problem.show();
}

void ResendDialog::send() {
    ResendRequest request = m_draft.request;
    request.method = m_method.currentText().toLatin1();
    if (!grammar::isToken(request.method) || request.method == "CONNECT")
        return showProblem(tr("\"%1\" is no method that can be sent.").arg(m_method.currentText()));
    request.target = m_target.text().trimmed().toUtf8();
    if (const auto target = parseRequestTarget(request.method, request.target); !target)
        return showProblem(
            tr("The target cannot be sent: %1").arg(QString::fromLatin1(target.error().reason)));
    if (isMasked(request.target))
        return showProblem(tr("The target still has the mask of a secret in it."));
    auto fields = fieldsOf(m_fields.toPlainText());
    if (!fields) return showProblem(fields.error());
    request.fields = std::move(fields).value();
    // What was not touched goes byte for byte as it was recorded.
    if (m_isEdited && m_body.document()->isModified())
        request.content = m_body.toPlainText().toUtf8();
    emit sendRequested(request);
    accept();
}

} // namespace sallyport
