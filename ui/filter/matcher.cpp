// SPDX-License-Identifier: MIT
#include "ui/filter/matcher.h"

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

bool containsText(const QString& text, const QString& wanted) {
    return !text.isEmpty() && text.contains(wanted, Qt::CaseInsensitive);
}

bool anyText(const AnyText& term, const ExchangeRecord& r) {
    if (containsFolded(r.path, term.folded) || containsFolded(r.host, term.folded) ||
        containsFolded(r.modelAsked, term.folded) || containsFolded(r.modelSent, term.folded) ||
        containsFolded(r.method, term.folded) || containsText(r.route, term.text) ||
        containsText(r.error, term.text))
        return true;
    if (r.status <= 0 || term.folded.size() > 3) return false;
    return containsFolded(QByteArray::number(r.status), term.folded);
}

bool textIn(const TextTerm& term, const ExchangeRecord& r) {
    switch (term.field) {
    case TextField::Method: return ascii::equalsIgnoreCase(r.method, term.folded);
    case TextField::Model:
        return containsFolded(r.modelAsked, term.folded) ||
               containsFolded(r.modelSent, term.folded);
    case TextField::Route: return containsText(r.route, term.text);
    case TextField::Path: return containsFolded(r.path, term.folded);
    case TextField::Host: return containsFolded(r.host, term.folded);
    case TextField::Error:
        return containsText(r.error, term.text) || containsFolded(r.errorCode, term.folded);
    case TextField::Upstream: return containsText(r.upstream, term.text);
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

std::optional<double> numberOf(NumberField field, const ExchangeRecord& r) {
    switch (field) {
    case NumberField::Status: return r.status > 0 ? std::optional<double>(r.status) : std::nullopt;
    case NumberField::Duration: return seconds(r.times.ended);
    case NumberField::FirstByte: return seconds(r.times.firstByte);
    case NumberField::TokensIn: return amount(r.usage.input);
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
    bool operator()(const AnyText& term) const { return anyText(term, record); }
    bool operator()(const TextTerm& term) const { return textIn(term, record); }
    bool operator()(const NumberTerm& term) const {
        const auto value = numberOf(term.field, record);
        return value && *value >= term.range.from && *value <= term.range.to;
    }
    bool operator()(const TraitTerm& term) const { return has(term.trait, record); }
};

} // namespace

bool matches(const Query& query, const ExchangeRecord& record) {
    return std::all_of(query.terms.begin(), query.terms.end(), [&record](const Term& term) {
        return std::visit(Holds{record}, term.test) != term.isNegated;
    });
}

bool isFailed(const ExchangeRecord& record) {
    switch (record.end) {
    case ExchangeEnd::Refused:
    case ExchangeEnd::UpstreamError:
    case ExchangeEnd::Truncated:
    case ExchangeEnd::Stalled: return true;
    case ExchangeEnd::ClientGone: return false;
    case ExchangeEnd::Running:
    case ExchangeEnd::Complete: break;
    }
    return record.status >= 400;
}

} // namespace sallyport::filter
