// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QVector>

namespace sallyport {

/// One piece of a conversation as people read it: a text, a tool call, its result.
struct ConversationPart {
    enum class Kind {
        System,
        Tools, ///< all definitions of tools, a line for each
        Text,
        Thinking,
        ToolCall,
        ToolResult,
        Picture,
        Document,
        Error, ///< that the response told of
        Other, ///< a type of block that is not known; its JSON
    };
    enum class Role { System, User, Assistant };

    Kind kind = Kind::Text;
    Role role = Role::User;
    int turn = -1;           ///< place in `messages`; of the response their number; -1: before them
    bool isNested = false;   ///< belongs to the tool call before it
    bool isError = false;    ///< a result that says so, an error
    bool isCacheEnd = false; ///< has a `cache_control`: the prompt is cached up to its end
    QString title;           ///< name of the tool, media type, type of the block; number of tools
    QString text;
    QString callId;         ///< of a tool call and its result
    QByteArray base64;      ///< a picture
    qint64 hiddenBytes = 0; ///< of what is not shown as text
    friend bool operator==(const ConversationPart&, const ConversationPart&) = default;
};

/// The parts of a Messages request: system, tools, messages. The result of a tool call stands after
/// its call, though it comes in a later message; without its call it stands where it came.
[[nodiscard]] QVector<ConversationPart> requestParts(const QJsonObject& request);

/// The parts of a response: its message as far as it came, and the error that it ended in.
/// `turn`: the number of messages of the request.
[[nodiscard]] QVector<ConversationPart> responseParts(const QJsonObject& message,
                                                      const QJsonObject& error, int turn);

/// The input of a tool for people: `name: value` for each member, texts of several lines below
/// their name, as they are.
[[nodiscard]] QString toolInputText(const QJsonValue& input);

} // namespace sallyport
