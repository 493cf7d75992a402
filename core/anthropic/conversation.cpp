// SPDX-License-Identifier: MIT
#include "core/anthropic/conversation.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QStringList>

namespace sallyport {

namespace {

using Part = ConversationPart;
using Kind = Part::Kind;

QString textIn(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString();
}

QString typeOf(const QJsonObject& block) { return textIn(block, "type"); }

bool isCall(const QString& type) { return type.endsWith(QLatin1String("tool_use")); }
bool isResult(const QString& type) { return type.endsWith(QLatin1String("tool_result")); }

QString compactJson(const QJsonValue& value) {
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    const QString wrapped = compactJson(QJsonArray{value});
    return wrapped.mid(1, wrapped.size() - 2);
}

/// `[1] “cited text” – title, address` for each.
QString citationLines(const QJsonArray& citations) {
    QString out;
    for (qsizetype i = 0; i < citations.size(); ++i) {
        const QJsonObject citation = citations.at(i).toObject();
        QStringList source;
        for (const char* name : {"document_title", "title", "url", "source"})
            if (const QString text = textIn(citation, name); !text.isEmpty()) source += text;
        out += QStringLiteral("\n[%1] “%2”")
                   .arg(QString::number(i + 1), textIn(citation, "cited_text").simplified());
        if (!source.isEmpty()) out += QStringLiteral(" – ") + source.join(QStringLiteral(", "));
    }
    return out;
}

/// What stands in a block of a result as text; empty for a picture.
QString resultLine(const QJsonObject& block) {
    const QString type = typeOf(block);
    if (type == QLatin1String("text")) return textIn(block, "text");
    if (type == QLatin1String("image")) return {};
    const QString title = textIn(block, "title");
    const QString url = textIn(block, "url");
    if (!url.isEmpty()) return title.isEmpty() ? url : QString(title + QStringLiteral(" – ") + url);
    return compactJson(block);
}

QString resultText(const QJsonValue& content) {
    if (content.isString()) return content.toString();
    if (!content.isArray()) return content.isUndefined() ? QString() : toolInputText(content);
    QStringList lines;
    const QJsonArray blocks = content.toArray();
    for (const auto& block : blocks)
        if (const QString line = resultLine(block.toObject()); !line.isEmpty()) lines += line;
    return lines.join(u'\n');
}

/// Writes parts in order of the text.
class PartWriter {
public:
    QVector<Part> parts;

    void begin(Part::Role role, int turn) {
        m_role = role;
        m_turn = turn;
    }

    /// Calls and results are looked up across messages.
    void note(const QJsonValue& content) {
        const QJsonArray blocks = content.toArray();
        for (const auto& value : blocks) {
            const QJsonObject block = value.toObject();
            const QString type = typeOf(block);
            if (isCall(type)) m_calls.insert(textIn(block, "id"));
            if (isResult(type)) m_results.insert(textIn(block, "tool_use_id"), block);
        }
    }

    void content(const QJsonValue& content) {
        if (content.isString()) {
            add(Kind::Text).text = content.toString();
            return;
        }
        const QJsonArray blocks = content.toArray();
        for (const auto& block : blocks)
            write(block.toObject());
    }

    void system(const QJsonValue& system) {
        content(system);
        for (Part& part : parts)
            if (part.kind == Kind::Text) part.kind = Kind::System;
    }

    void tools(const QJsonArray& tools) {
        if (tools.isEmpty()) return;
        Part& part = add(Kind::Tools);
        part.title = QString::number(tools.size());
        QStringList lines;
        for (const auto& value : tools) {
            const QJsonObject tool = value.toObject();
            const QString about = textIn(tool, "description").section(u'\n', 0, 0).trimmed();
            const QString name = textIn(tool, "name");
            lines += about.isEmpty() ? name : QString(name + QStringLiteral(" – ") + about);
            part.isCacheEnd = part.isCacheEnd || tool.contains(QLatin1String("cache_control"));
        }
        part.text = lines.join(u'\n');
    }

    void error(const QJsonObject& error) {
        Part& part = add(Kind::Error);
        part.isError = true;
        part.title = typeOf(error);
        part.text = textIn(error, "message");
    }

private:
    Part& add(Kind kind) {
        Part part;
        part.kind = kind;
        part.role = m_role;
        part.turn = m_turn;
        parts.append(part);
        return parts.last();
    }

    void write(const QJsonObject& block) {
        const QString type = typeOf(block);
        const qsizetype before = parts.size();
        if (isCall(type)) {
            writeCall(block);
        } else if (isResult(type)) {
            if (!m_calls.contains(textIn(block, "tool_use_id"))) writeResult(block, false);
        } else if (type == QLatin1String("image")) {
            writePicture(block, false);
        } else if (type == QLatin1String("document")) {
            writeDocument(block);
        } else {
            writeText(block, type);
        }
        if (parts.size() > before && block.contains(QLatin1String("cache_control")))
            parts[before].isCacheEnd = true;
    }

    void writeText(const QJsonObject& block, const QString& type) {
        if (type == QLatin1String("text")) {
            add(Kind::Text).text = textIn(block, "text") +
                                   citationLines(block.value(QLatin1String("citations")).toArray());
        } else if (type == QLatin1String("thinking")) {
            add(Kind::Thinking).text = textIn(block, "thinking");
        } else if (type == QLatin1String("redacted_thinking")) {
            Part& part = add(Kind::Thinking);
            part.title = type;
            part.hiddenBytes = textIn(block, "data").size();
        } else {
            Part& part = add(Kind::Other);
            part.title = type;
            const QJsonValue content = block.value(QLatin1String("content"));
            part.text = content.isString() ? content.toString() : compactJson(block);
        }
    }

    void writeCall(const QJsonObject& block) {
        Part& part = add(Kind::ToolCall);
        part.title = textIn(block, "name");
        part.callId = textIn(block, "id");
        part.text = toolInputText(block.value(QLatin1String("input")));
        const auto result = m_results.constFind(textIn(block, "id"));
        if (result != m_results.constEnd()) writeResult(*result, true);
    }

    void writeResult(const QJsonObject& block, bool isNested) {
        const QJsonValue content = block.value(QLatin1String("content"));
        Part& part = add(Kind::ToolResult);
        part.callId = textIn(block, "tool_use_id");
        part.isNested = isNested;
        part.isError = block.value(QLatin1String("is_error")).toBool() ||
                       typeOf(content.toObject()).endsWith(QLatin1String("_error"));
        part.text = resultText(content);
        part.isCacheEnd = block.contains(QLatin1String("cache_control"));
        const QJsonArray blocks = content.toArray();
        for (const auto& value : blocks)
            if (typeOf(value.toObject()) == QLatin1String("image"))
                writePicture(value.toObject(), isNested);
    }

    void writePicture(const QJsonObject& block, bool isNested) {
        const QJsonObject source = block.value(QLatin1String("source")).toObject();
        Part& part = add(Kind::Picture);
        part.isNested = isNested;
        part.title = textIn(source, "media_type");
        part.text = textIn(source, "url");
        part.base64 = textIn(source, "data").toLatin1();
        part.hiddenBytes = part.base64.size() * 3 / 4;
    }

    void writeDocument(const QJsonObject& block) {
        const QJsonObject source = block.value(QLatin1String("source")).toObject();
        const QString title = textIn(block, "title");
        const QString data = textIn(source, "data");
        const bool isText = typeOf(source) == QLatin1String("text");
        Part& part = add(Kind::Document);
        part.title = title.isEmpty() ? textIn(source, "media_type") : title;
        part.text = isText ? data : textIn(source, "url");
        if (!isText) part.hiddenBytes = data.size() * 3 / 4;
    }

    Part::Role m_role = Part::Role::System;
    int m_turn = -1;
    QHash<QString, QJsonObject> m_results; ///< by the id of their call
    QSet<QString> m_calls;
};

Part::Role roleOf(const QJsonObject& message) {
    const QString role = textIn(message, "role");
    if (role == QLatin1String("assistant")) return Part::Role::Assistant;
    return role == QLatin1String("system") ? Part::Role::System : Part::Role::User;
}

} // namespace

QString toolInputText(const QJsonValue& input) {
    if (!input.isObject()) return compactJson(input);
    QStringList lines;
    const QJsonObject object = input.toObject();
    for (auto at = object.begin(); at != object.end(); ++at) {
        const QString text =
            at.value().isString() ? at.value().toString() : compactJson(at.value());
        lines +=
            at.key() + (text.contains(u'\n') ? QLatin1String(":\n") : QLatin1String(": ")) + text;
    }
    return lines.join(u'\n');
}

QVector<ConversationPart> requestParts(const QJsonObject& request) {
    const QJsonArray messages = request.value(QLatin1String("messages")).toArray();
    PartWriter writer;
    for (const auto& message : messages)
        writer.note(message.toObject().value(QLatin1String("content")));
    writer.system(request.value(QLatin1String("system")));
    writer.tools(request.value(QLatin1String("tools")).toArray());
    for (int turn = 0; turn < messages.size(); ++turn) {
        const QJsonObject message = messages.at(turn).toObject();
        writer.begin(roleOf(message), turn);
        writer.content(message.value(QLatin1String("content")));
    }
    return writer.parts;
}

QVector<ConversationPart> responseParts(const QJsonObject& message, const QJsonObject& error,
                                        int turn) {
    PartWriter writer;
    const QJsonValue content = message.value(QLatin1String("content"));
    writer.begin(ConversationPart::Role::Assistant, turn);
    writer.note(content);
    writer.content(content);
    if (!error.isEmpty()) writer.error(error);
    return writer.parts;
}

} // namespace sallyport
