// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/detail/contentreader.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStringDecoder>
#include <QTreeWidget>
#include <QWidget>

namespace sallyport {

/// One message: what stands in front, its fields, its content as text.
struct MessageContents {
    quint64 id = 0;
    QString startLine;
    FieldList fields;
    FieldList trailers;
    QVector<BodyPiece> body;
    bool isBodyCut = false; ///< more came than was kept
    bool isWhole = false;   ///< nothing more will come
};

/// Shows a message; the content grows while it streams, and JSON is laid out once it is whole.
class MessagePane : public QWidget {
    Q_OBJECT
public:
    /// `name` starts the object names of the parts.
    explicit MessagePane(const QString& name, QWidget* parent = nullptr);
    void setMessage(const MessageContents& message);
    void clear();

signals:
    void copyBodyWanted();

private:
    void layOut();
    void setFields(const MessageContents& message);
    void addFields(const FieldList& fields);
    void startBody(const MessageContents& message);
    void growBody(const MessageContents& message);
    void finishBody(const MessageContents& message);
    void setNote(const MessageContents& message);

    QLabel* m_startLine;
    QTreeWidget* m_fields;
    QLabel* m_note;
    QPushButton* m_copy;
    QPlainTextEdit* m_body;

    quint64 m_id = 0;
    FieldList m_shownFields, m_shownTrailers;
    ContentReader m_reader;
    QStringDecoder m_utf8{QStringDecoder::Utf8};
    QByteArray m_plain; ///< decoded content so far, up to what is shown
    qint64 m_plainBytes = 0;
    bool m_isFinished = false;
};

} // namespace sallyport
