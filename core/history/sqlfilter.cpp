// SPDX-License-Identifier: MIT
#include "core/history/sqlfilter.h"

#include "core/history/historyschema.h"
#include "core/history/searchabletext.h"

#include <algorithm>
#include <cmath>

namespace sallyport {

namespace {

using filter::Expression;
using filter::Pattern;

QString likeOf(const QString& text) {
    QString out = text;
    for (const char* special : {"\\", "%", "_"})
        out.replace(QLatin1String(special), QString(u'\\' + QLatin1String(special)));
    return QString(u'%' + out + u'%');
}

/// What a look at one row costs: SQLite goes from left to right, and most rows fail early.
int costOf(const Expression& expression) {
    if (expression.kind == Expression::Kind::Term) {
        if (std::holds_alternative<filter::BodyTerm>(expression.test)) return 3;
        if (std::holds_alternative<filter::AnyText>(expression.test)) return 2;
        return std::holds_alternative<filter::TextTerm>(expression.test) ? 1 : 0;
    }
    int most = 0;
    for (const Expression& part : expression.parts)
        most = std::max(most, costOf(part));
    return most;
}

class Builder {
public:
    explicit Builder(const QStringList& wordTables)
        : m_wordTables(wordTables) {}

    QString condition(const Expression& expression) {
        switch (expression.kind) {
        case Expression::Kind::Term:
            return std::visit([this](const auto& term) { return of(term); }, expression.test);
        case Expression::Kind::All: return joined(expression.parts, " AND ", "1");
        case Expression::Kind::Any: return joined(expression.parts, " OR ", "0");
        case Expression::Kind::Not:
            return QStringLiteral("NOT ") + condition(expression.parts.front());
        }
        Q_UNREACHABLE();
    }

    QVariantList values;

private:
    QString joined(const std::vector<Expression>& parts, const char* with, const char* none) {
        if (parts.empty()) return QLatin1String(none);
        std::vector<const Expression*> ordered;
        for (const Expression& part : parts)
            ordered.push_back(&part);
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const auto* a, const auto* b) { return costOf(*a) < costOf(*b); });
        QStringList conditions;
        for (const Expression* part : ordered)
            conditions += condition(*part);
        return QString(u'(' + conditions.join(QLatin1String(with)) + u')');
    }

    QString holds(const char* column, const Pattern& pattern) {
        if (pattern.expression) {
            values += pattern.expression->pattern();
            return QStringLiteral("(%1 <> '' AND %1 REGEXP ?)").arg(QLatin1String(column));
        }
        values += likeOf(pattern.text);
        return QStringLiteral("%1 LIKE ? ESCAPE '\\'").arg(QLatin1String(column));
    }

    /// One look at the few rows of `kinds`, whatever the number of exchanges.
    QString inKinds(std::initializer_list<const char*> columns, const Pattern& pattern) {
        QStringList conditions;
        for (const char* column : columns)
            conditions += holds(column, pattern);
        return QStringLiteral("kind IN (SELECT id FROM kinds WHERE %1)")
            .arg(conditions.join(QLatin1String(" OR ")));
    }

    QString inErrors(std::initializer_list<const char*> columns, const Pattern& pattern) {
        QStringList conditions;
        for (const char* column : columns)
            conditions += holds(column, pattern);
        return QStringLiteral("(error IS NOT NULL AND error IN (SELECT id FROM errors WHERE %1))")
            .arg(conditions.join(QLatin1String(" OR ")));
    }

    /// The statuses that a word stands for, looked for here and not row by row.
    static QString statuses(const Pattern& pattern) {
        QStringList found;
        for (int status = 100; status <= 999; ++status) {
            const QString text = QString::number(status);
            const bool isFound = pattern.expression ? pattern.expression->match(text).hasMatch()
                                                    : text.contains(pattern.text);
            if (isFound) found += text;
        }
        return found.isEmpty() ? QString()
                               : QStringLiteral(" OR status IN (%1)").arg(found.join(u','));
    }

    QString of(const filter::AnyText& term) {
        const Pattern& pattern = term.pattern;
        if (!pattern.expression && pattern.text.isEmpty()) return QStringLiteral("1");
        const QString kinds =
            inKinds({"path", "host", "model_asked", "model_sent", "method", "route"}, pattern);
        return QString(u'(' + kinds + QLatin1String(" OR ") + inErrors({"text"}, pattern) +
                       statuses(pattern) + u')');
    }

    QString of(const filter::TextTerm& term) {
        const Pattern& pattern = term.pattern;
        switch (term.field) {
        case filter::TextField::Method:
            if (pattern.expression) return inKinds({"method"}, pattern);
            values += pattern.text;
            return QStringLiteral("kind IN (SELECT id FROM kinds WHERE method = ? COLLATE NOCASE)");
        case filter::TextField::Model: return inKinds({"model_asked", "model_sent"}, pattern);
        case filter::TextField::Route: return inKinds({"route"}, pattern);
        case filter::TextField::Path: return inKinds({"path"}, pattern);
        case filter::TextField::Host: return inKinds({"host"}, pattern);
        case filter::TextField::Error: return inErrors({"text", "code"}, pattern);
        case filter::TextField::Upstream: return inKinds({"upstream"}, pattern);
        }
        Q_UNREACHABLE();
    }

    QString of(const filter::NumberTerm& term) {
        switch (term.field) {
        case filter::NumberField::Status:
            return QString(QLatin1String("(status > 0 AND ") + within("status", term.range, false) +
                           u')');
        case filter::NumberField::Duration: return within("ended_us", term.range, true);
        case filter::NumberField::FirstByte: return within("first_us", term.range, true);
        case filter::NumberField::TokensIn: return within("tokens_in", term.range, false);
        case filter::NumberField::TokensOut: return within("output", term.range, false);
        case filter::NumberField::Size: return within("response_bytes", term.range, false);
        }
        Q_UNREACHABLE();
    }

    /// With the arithmetic of matches(): seconds are microseconds over a million. Never NULL, so
    /// that NOT turns it round.
    QString within(const char* column, const filter::Range& range, bool isTime) {
        const QString value = QLatin1String(column) + QLatin1String(isTime ? " / 1000000.0" : "");
        QString out = QStringLiteral("(%1 IS NOT NULL").arg(QLatin1String(column));
        if (std::isfinite(range.from)) {
            out += QStringLiteral(" AND %1 >= ?").arg(value);
            values += range.from;
        }
        if (std::isfinite(range.to)) {
            out += QStringLiteral(" AND %1 <= ?").arg(value);
            values += range.to;
        }
        return QString(out + u')');
    }

    QString of(const filter::TraitTerm& term) {
        const auto flag = [](schema::Flag bit) {
            return QStringLiteral("(flags & %1) <> 0").arg(static_cast<int>(bit));
        };
        switch (term.trait) {
        case filter::Trait::Error: return flag(schema::Failed);
        case filter::Trait::Stream: return flag(schema::Stream);
        case filter::Trait::Live: return QStringLiteral("0");
        case filter::Trait::Tunnel: return flag(schema::Tunnel);
        case filter::Trait::WebSocket: return flag(schema::WebSocket);
        }
        Q_UNREACHABLE();
    }

    QString of(const filter::BodyTerm& term) {
        QStringList found;
        for (const QString& table : m_wordTables) {
            found += QStringLiteral("SELECT rowid FROM %1 WHERE %1 MATCH ?").arg(table);
            values += matchExpression(term.text);
        }
        if (found.isEmpty()) return QStringLiteral("0");
        return QStringLiteral("(exchanges.id IN (%1) AND exchanges.id IN (SELECT id FROM bodies))")
            .arg(found.join(QLatin1String(" UNION ALL ")));
    }

    const QStringList& m_wordTables;
};

} // namespace

SqlFilter sqlFilter(const filter::Query& query, const QStringList& wordTables) {
    Builder builder(wordTables);
    SqlFilter out;
    out.condition = builder.condition(query.root);
    out.values = builder.values;
    return out;
}

} // namespace sallyport
