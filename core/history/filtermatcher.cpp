// SPDX-License-Identifier: MIT
#include "core/history/filtermatcher.h"

#include "core/observe/failedexchange.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <optional>

namespace sallyport::filter {

namespace {

/// `folded` is in lower case already. memchr on the two cases of the first byte leaves little to
/// compare: a hundred thousand rows are looked through in some ten milliseconds.
bool containsFolded(QByteArrayView text, QByteArrayView folded) {
    if (folded.isEmpty()) return true;
    if (text.size() < folded.size()) return false;
    const char first = folded.front();
    const char upper = first >= 'a' && first <= 'z' ? static_cast<char>(first - 32) : first;
    const char* const last = text.data() + (text.size() - folded.size());
    for (const char* at = text.data(); at <= last; ++at) {
        if (*at != first && *at != upper) continue;
        if (ascii::equalsIgnoreCase(QByteArrayView(at, folded.size()), folded)) return true;
    }
    return false;
}

bool contains(const QByteArray& text, const Pattern& pattern) {
    if (!pattern.expression) return containsFolded(text, pattern.folded);
    return !text.isEmpty() && pattern.expression->match(QString::fromUtf8(text)).hasMatch();
}

bool contains(const QString& text, const Pattern& pattern) {
    if (text.isEmpty()) return false;
    if (pattern.expression) return pattern.expression->match(text).hasMatch();
    return text.contains(pattern.text, Qt::CaseInsensitive);
}

bool anyText(const Pattern& wanted, const ExchangeRecord& r) {
    if (contains(r.path, wanted) || contains(r.host, wanted) || contains(r.modelAsked, wanted) ||
        contains(r.modelSent, wanted) || contains(r.method, wanted) || contains(r.route, wanted) ||
        contains(r.error, wanted))
        return true;
    if (r.status <= 0 || (!wanted.expression && wanted.folded.size() > 3)) return false;
    return contains(QByteArray::number(r.status), wanted);
}

bool textIn(const TextTerm& term, const ExchangeRecord& r) {
    const Pattern& wanted = term.pattern;
    switch (term.field) {
    case TextField::Method:
        return wanted.expression ? contains(r.method, wanted)
                                 : ascii::equalsIgnoreCase(r.method, wanted.folded);
    case TextField::Model: return contains(r.modelAsked, wanted) || contains(r.modelSent, wanted);
    case TextField::Route: return contains(r.route, wanted);
    case TextField::Path: return contains(r.path, wanted);
    case TextField::Host: return contains(r.host, wanted);
    case TextField::Error: return contains(r.error, wanted) || contains(r.errorCode, wanted);
    case TextField::Upstream: return contains(r.upstream, wanted);
    }
    return false;
}

std::optional<double> seconds(const std::optional<qint64>& micros) {
    if (!micros) return std::nullopt;
    return static_cast<double>(*micros) / 1e6;
}

std::optional<double> amount(const std::optional<qint64>& count) {
    if (!count) return std::nullopt;
    return static_cast<double>(*count);
}

/// All that went in; absent when the response told none of it.
std::optional<double> tokensIn(const Usage& usage) {
    if (!usage.input && !usage.cacheRead && !usage.cacheWritten) return std::nullopt;
    return static_cast<double>(usage.input.value_or(0) + usage.cacheRead.value_or(0) +
                               usage.cacheWritten.value_or(0));
}

std::optional<double> numberOf(NumberField field, const ExchangeRecord& r) {
    switch (field) {
    case NumberField::Status: return r.status > 0 ? std::optional<double>(r.status) : std::nullopt;
    case NumberField::Duration: return seconds(r.times.ended);
    case NumberField::FirstByte: return seconds(r.times.firstByte);
    case NumberField::TokensIn: return tokensIn(r.usage);
    case NumberField::TokensOut: return amount(r.usage.output);
    case NumberField::Size: return static_cast<double>(r.responseBytes);
    }
    return std::nullopt;
}

bool has(Trait trait, const ExchangeRecord& r) {
    switch (trait) {
    case Trait::Error: return isFailed(r);
    case Trait::Stream: return r.isEventStream;
    case Trait::Live: return r.end == ExchangeEnd::Running;
    case Trait::Tunnel: return r.isUpgraded || r.role == RequestRole::Tunnel;
    case Trait::WebSocket: return r.webSocket.has_value();
    }
    return false;
}

struct Holds {
    const ExchangeRecord& record;
    bool operator()(const AnyText& term) const { return anyText(term.pattern, record); }
    bool operator()(const TextTerm& term) const { return textIn(term, record); }
    bool operator()(const NumberTerm& term) const {
        const auto value = numberOf(term.field, record);
        return value && *value >= term.range.from && *value <= term.range.to;
    }
    bool operator()(const TraitTerm& term) const { return has(term.trait, record); }
    bool operator()(const BodyTerm&) const { return false; }
};

bool holds(const Expression& expression, const ExchangeRecord& record) {
    const auto isHeld = [&record](const Expression& part) { return holds(part, record); };
    const auto& parts = expression.parts;
    switch (expression.kind) {
    case Expression::Kind::Term: return std::visit(Holds{record}, expression.test);
    case Expression::Kind::All: return std::all_of(parts.begin(), parts.end(), isHeld);
    case Expression::Kind::Any: return std::any_of(parts.begin(), parts.end(), isHeld);
    case Expression::Kind::Not: return !holds(parts.front(), record);
    }
    Q_UNREACHABLE();
}

bool asksForBodies(const Expression& expression) {
    if (expression.kind == Expression::Kind::Term)
        return std::holds_alternative<BodyTerm>(expression.test);
    return std::any_of(expression.parts.begin(), expression.parts.end(),
                       [](const Expression& part) { return asksForBodies(part); });
}

} // namespace

bool matches(const Query& query, const ExchangeRecord& record) { return holds(query.root, record); }

bool asksForBodies(const Query& query) { return asksForBodies(query.root); }

} // namespace sallyport::filter
