// SPDX-License-Identifier: MIT
#include "ui/resend/comparison.h"

#include "core/anthropic/conversation.h"
#include "core/history/messageassembly.h"
#include "core/history/statistics.h"
#include "ui/detail/conversationtext.h"
#include "ui/detail/displaytext.h"
#include "ui/detail/exchangetext.h"
#include "ui/log/rowtext.h"
#include "ui/pricefile.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace sallyport {

namespace {

constexpr qsizetype kMaxText = 256 * 1024;
/// Lines of each side that are aligned; the table has a byte pair for each two of them.
constexpr qsizetype kMaxAligned = 2000;

QString destination(const ExchangeRecord& r) {
    if (r.upstream.isEmpty()) return r.target;
    return r.target.isEmpty() ? r.upstream : QString(r.upstream + QStringLiteral(" · ") + r.target);
}

QString costText(const ExchangeRecord& r, const PriceTable& prices) {
    const auto cost = prices.cost(billedModel(r), r.usage);
    return cost ? dollarText(*cost) : QStringLiteral("–");
}

QString firstByteText(const ExchangeRecord& r) {
    return r.times.firstByte ? durationText(*r.times.firstByte) : QStringLiteral("–");
}

void addHeaders(QVector<ComparedValue>& values, const FieldList& left, const FieldList& right) {
    QStringList names;
    const auto addNames = [&names](const FieldList& fields) {
        for (const FieldView field : fields)
            names += QString::fromLatin1(field.name).toLower();
    };
    addNames(left);
    addNames(right);
    names.removeDuplicates();
    names.sort();
    for (const QString& name : std::as_const(names)) {
        const QByteArray key = name.toLatin1();
        values += {name, QString::fromUtf8(left.combined(key)),
                   QString::fromUtf8(right.combined(key)), true};
    }
}

/// The parts of a message, each below a line that names it.
QString conversationOf(const QJsonObject& message) {
    QString text;
    for (const ConversationPart& part : responseParts(message, {}, 0)) {
        if (const QString head = headText(part); !head.isEmpty())
            text += QStringLiteral("— ") + head + u'\n';
        text += part.text + u'\n';
    }
    return text;
}

/// The lines of one side that stay where they are in both.
class Alignment {
public:
    Alignment(const QStringList& left, const QStringList& right)
        : m_left(left)
        , m_right(right)
        , m_width(static_cast<std::size_t>(right.size()) + 1)
        , m_common((static_cast<std::size_t>(left.size()) + 1) * m_width) {
        for (qsizetype i = left.size() - 1; i >= 0; --i)
            for (qsizetype j = right.size() - 1; j >= 0; --j)
                at(i, j) = left[i] == right[j] ? static_cast<quint16>(at(i + 1, j + 1) + 1)
                                               : std::max(at(i + 1, j), at(i, j + 1));
    }
    void addTo(QVector<ComparedLine>& lines) {
        qsizetype i = 0;
        qsizetype j = 0;
        while (i < m_left.size() && j < m_right.size()) {
            if (m_left[i] == m_right[j])
                lines += {ComparedLine::Kind::Same, m_left[i++], m_right[j++]};
            else if (at(i + 1, j) == at(i, j + 1) && at(i + 1, j + 1) == at(i, j))
                lines += {ComparedLine::Kind::Changed, m_left[i++], m_right[j++]};
            else if (at(i + 1, j) >= at(i, j + 1))
                lines += {ComparedLine::Kind::LeftOnly, m_left[i++], {}};
            else
                lines += {ComparedLine::Kind::RightOnly, {}, m_right[j++]};
        }
        while (i < m_left.size())
            lines += {ComparedLine::Kind::LeftOnly, m_left[i++], {}};
        while (j < m_right.size())
            lines += {ComparedLine::Kind::RightOnly, {}, m_right[j++]};
    }

private:
    [[nodiscard]] quint16& at(qsizetype i, qsizetype j) {
        return m_common[static_cast<std::size_t>(i) * m_width + static_cast<std::size_t>(j)];
    }
    const QStringList& m_left;
    const QStringList& m_right;
    std::size_t m_width;
    std::vector<quint16> m_common; ///< lines in common from there on
};

void addInOrder(QVector<ComparedLine>& lines, const QStringList& left, const QStringList& right) {
    const qsizetype both = std::min(left.size(), right.size());
    for (qsizetype i = 0; i < both; ++i) {
        const bool isSame = left[i] == right[i];
        lines +=
            {isSame ? ComparedLine::Kind::Same : ComparedLine::Kind::Changed, left[i], right[i]};
    }
    for (qsizetype i = both; i < left.size(); ++i)
        lines += {ComparedLine::Kind::LeftOnly, left[i], {}};
    for (qsizetype i = both; i < right.size(); ++i)
        lines += {ComparedLine::Kind::RightOnly, {}, right[i]};
}

} // namespace

QVector<ComparedValue> comparedValues(const ExchangeDetail& left, const ExchangeDetail& right,
                                      const PriceTable& prices, WallTime now) {
    const ExchangeRecord& l = left.record;
    const ExchangeRecord& r = right.record;
    QVector<ComparedValue> values;
    const auto add = [&values](const char* name, const QString& one, const QString& other) {
        values += {QCoreApplication::translate("Compare", name), one, other, false};
    };
    add(QT_TRANSLATE_NOOP("Compare", "State"), rowState(l).text(l.status),
        rowState(r).text(r.status));
    add(QT_TRANSLATE_NOOP("Compare", "Request"), QString::fromUtf8(l.method + ' ' + l.path),
        QString::fromUtf8(r.method + ' ' + r.path));
    add(QT_TRANSLATE_NOOP("Compare", "Upstream"), destination(l), destination(r));
    add(QT_TRANSLATE_NOOP("Compare", "Model"), modelText(l), modelText(r));
    add(QT_TRANSLATE_NOOP("Compare", "First byte"), firstByteText(l), firstByteText(r));
    add(QT_TRANSLATE_NOOP("Compare", "Duration"), durationText(elapsedMicros(l, now)),
        durationText(elapsedMicros(r, now)));
    add(QT_TRANSLATE_NOOP("Compare", "Tokens in"), countText(l.usage.input),
        countText(r.usage.input));
    add(QT_TRANSLATE_NOOP("Compare", "Tokens out"), countText(l.usage.output),
        countText(r.usage.output));
    add(QT_TRANSLATE_NOOP("Compare", "Cache"), cacheText(l.usage), cacheText(r.usage));
    add(QT_TRANSLATE_NOOP("Compare", "Cost"), costText(l, prices), costText(r, prices));
    add(QT_TRANSLATE_NOOP("Compare", "Size"), sizeText(l.responseBytes), sizeText(r.responseBytes));
    if (!l.error.isEmpty() || !r.error.isEmpty())
        add(QT_TRANSLATE_NOOP("Compare", "Error"), l.error, r.error);
    addHeaders(values, left.responseFields, right.responseFields);
    return values;
}

QString responseText(const ExchangeDetail& detail) {
    const QJsonObject message = assembledMessage(detail);
    QString text = conversationOf(message);
    // A message without a block says nothing; its events do, an error among them.
    if (text.trimmed().isEmpty()) {
        const QByteArray body = plainBody(detail.responseBody, detail.responseFields);
        const auto type = detail.responseFields.first("Content-Type");
        if (isBinary(body))
            text = hexDump(body);
        else
            text = displayText(QByteArrayView(body).first(std::min(body.size(), 4 * kMaxText)),
                               type && isJsonType(*type));
    }
    if (text.size() > kMaxText)
        text = text.left(kMaxText) + u'\n' +
               QCoreApplication::translate("Compare", "… the rest is not compared here");
    if (detail.isResponseBodyCut)
        text += u'\n' + QCoreApplication::translate("Compare", "… cut when it was kept");
    return text;
}

QVector<ComparedLine> comparedLines(const QString& left, const QString& right) {
    QStringList l = left.isEmpty() ? QStringList() : left.split(u'\n');
    QStringList r = right.isEmpty() ? QStringList() : right.split(u'\n');
    QVector<ComparedLine> lines;
    qsizetype start = 0;
    const qsizetype both = std::min(l.size(), r.size());
    while (start < both && l[start] == r[start])
        lines += {ComparedLine::Kind::Same, l[start], r[start++]};
    qsizetype end = 0;
    while (end < both - start && l[l.size() - 1 - end] == r[r.size() - 1 - end])
        ++end;
    const QStringList common = l.mid(l.size() - end);
    l = l.mid(start, l.size() - start - end);
    r = r.mid(start, r.size() - start - end);
    if (l.size() > kMaxAligned || r.size() > kMaxAligned)
        addInOrder(lines, l, r);
    else
        Alignment(l, r).addTo(lines);
    for (const QString& line : common)
        lines += {ComparedLine::Kind::Same, line, line};
    return lines;
}

} // namespace sallyport
