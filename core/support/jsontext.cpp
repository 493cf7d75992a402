// SPDX-License-Identifier: MIT
#include "core/support/jsontext.h"

#include "core/support/visibletext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <cmath>

namespace sallyport {

namespace {

void appendUnit(QByteArray& out, char16_t unit) {
    out += "\\u";
    out += QByteArray::number(unit, 16).rightJustified(4, '0');
}

void appendChar(QByteArray& out, QStringView text, qsizetype& at) {
    const QChar c = text[at];
    const bool isPair =
        c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    if (isPair) {
        const char32_t code = QChar::surrogateToUcs4(c, text[at + 1]);
        if (needsEscape(code)) {
            appendUnit(out, c.unicode());
            appendUnit(out, text[at + 1].unicode());
        } else {
            out += text.sliced(at, 2).toUtf8();
        }
        ++at;
        return;
    }
    switch (c.unicode()) {
    case u'"': out += "\\\""; return;
    case u'\\': out += "\\\\"; return;
    case u'\n': out += "\\n"; return;
    case u'\r': out += "\\r"; return;
    case u'\t': out += "\\t"; return;
    default: break;
    }
    if (c.isSurrogate() || needsEscape(c.unicode()))
        appendUnit(out, c.unicode());
    else if (c.unicode() < 0x80)
        out += static_cast<char>(c.unicode());
    else
        out += text.sliced(at, 1).toUtf8();
}

void appendText(QByteArray& out, const QString& text) {
    out += '"';
    for (qsizetype at = 0; at < text.size(); ++at)
        appendChar(out, text, at);
    out += '"';
}

void appendNumber(QByteArray& out, const QJsonValue& value) {
    constexpr double kMaxExact = 9007199254740992; // 2^53
    const double real = value.toDouble();
    if (!std::isfinite(real))
        out += "null";
    else if (std::trunc(real) == real && std::abs(real) < kMaxExact)
        out += QByteArray::number(static_cast<qint64>(real));
    else
        out += QByteArray::number(real, 'g', QLocale::FloatingPointShortest);
}

void appendValue(QByteArray& out, const QJsonValue& value);

void appendArray(QByteArray& out, const QJsonArray& array) {
    out += '[';
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (i > 0) out += ',';
        appendValue(out, array.at(i));
    }
    out += ']';
}

void appendObject(QByteArray& out, const QJsonObject& object) {
    out += '{';
    for (auto at = object.begin(); at != object.end(); ++at) {
        if (at != object.begin()) out += ',';
        appendText(out, at.key());
        out += ':';
        appendValue(out, at.value());
    }
    out += '}';
}

void appendValue(QByteArray& out, const QJsonValue& value) {
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined: out += "null"; return;
    case QJsonValue::Bool: out += value.toBool() ? "true" : "false"; return;
    case QJsonValue::Double: appendNumber(out, value); return;
    case QJsonValue::String: appendText(out, value.toString()); return;
    case QJsonValue::Array: appendArray(out, value.toArray()); return;
    case QJsonValue::Object: appendObject(out, value.toObject()); return;
    }
}

} // namespace

QByteArray jsonBytes(const QJsonValue& value) {
    QByteArray out;
    appendValue(out, value);
    return out;
}

} // namespace sallyport
