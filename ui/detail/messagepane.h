// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/contentreader.h"
#include "ui/detail/displaytext.h"
#include "ui/detail/jsonview.h"
#include "ui/detail/picturestrip.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStringDecoder>
#include <QSyntaxHighlighter>
#include <QToolButton>
#include <QTreeWidget>
#include <QWidget>

#include <memory>

namespace sallyport {

/// One message as the pane shows it: its first line, headers and body.
struct MessageContents {
    quint64 id = 0;
    QString startLine;
    FieldList fields;
    FieldList trailers;
    QVector<BodyPiece> body;
    bool isBodyCut = false; ///< more came than was kept
    bool isWhole = false;   ///< nothing more will come
};

/// Shows a message. The body grows while it streams; JSON is laid out once it is whole. Base64 is
/// folded and long lines are broken (displaytext.h); at most 1 MiB of text is shown, its JSON
/// coloured up to 256 KiB. JSON that is whole can be read as a tree instead.
class MessagePane : public QWidget {
    Q_OBJECT
public:
    /// `name` starts the object names of the parts.
    explicit MessagePane(const QString& name, QWidget* parent = nullptr);
    void setMessage(const MessageContents& message);
    /// Says why the message is no longer kept.
    void setGone(const QString& reason);
    void clear();
    /// What is shown of the body: the text, or else the tree, of which there is none then.
    [[nodiscard]] QPlainTextEdit* text() { return m_body; }
    [[nodiscard]] JsonView* shownTree();

signals:
    void copyBodyRequested();
    /// The tree took the place of the text, or gave it back.
    void viewChanged();

private:
    void setupUi();
    void setFields(const MessageContents& message);
    void addFields(const FieldList& fields);
    void startBody(const MessageContents& message);
    void growBody(const MessageContents& message);
    void appendText(const QByteArray& text, bool mayFollow);
    void finishBody(const MessageContents& message);
    void setNote(const MessageContents& message);
    void updateTree();

    QLabel* m_startLine;
    QTreeWidget* m_fields;
    QLabel* m_note;
    QPushButton* m_copy;
    PictureStrip* m_pictures;
    QToolButton* m_asTree;
    QStackedWidget* m_views;
    QPlainTextEdit* m_body;
    JsonView* m_tree;

    MessageContents m_message; ///< that is shown
    bool m_isTreeFilled = false;
    quint64 m_id = 0;
    FieldList m_shownFields, m_shownTrailers;
    ContentReader m_reader;
    QStringDecoder m_utf8{QStringDecoder::Utf8};
    Base64Folder m_folder;
    LineBreaker m_breaker;
    QByteArray m_start; ///< of the decoded content, for a hex dump
    QByteArray m_shown; ///< decoded content, base64 folded, up to kShownBytes
    std::unique_ptr<QSyntaxHighlighter> m_highlighter; ///< of JSON that is not too long
    qint64 m_bytes = 0;                                ///< of the decoded content
    bool m_isShownCut = false;
    bool m_isFinished = false;
};

} // namespace sallyport
