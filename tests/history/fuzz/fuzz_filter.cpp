// SPDX-License-Identifier: MIT
#include "core/history/filterlexer.h"
#include "core/history/filtermatcher.h"
#include "core/history/filterparser.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace sallyport;

namespace {

void hold(bool isHeld, const char* sentence) {
    if (isHeld) return;
    std::fprintf(stderr, "broken: %s\n", sentence);
    std::abort();
}

/// An answered exchange, one that runs and one that nothing is known of.
const std::array<ExchangeRecord, 3>& samples() {
    static const std::array<ExchangeRecord, 3> records = [] {
        ExchangeRecord answered;
        answered.id = 7;
        answered.method = "POST";
        answered.host = "127.0.0.1:8899";
        answered.path = "/v1/messages?beta=true";
        answered.route = QStringLiteral("claude");
        answered.upstream = QStringLiteral("corp");
        answered.status = 429;
        answered.end = ExchangeEnd::Complete;
        answered.error = QStringLiteral("Rate limit \"reached\" für heute");
        answered.modelAsked = "claude-haiku-4-5";
        answered.isEventStream = true;
        answered.usage.input = 50001;
        answered.responseBytes = 2048;
        answered.times.firstByte = 1500000;
        answered.times.ended = 5200000;
        ExchangeRecord running = answered;
        running.end = ExchangeEnd::Running;
        running.status = 0;
        running.method = "GET";
        return std::array<ExchangeRecord, 3>{answered, running, ExchangeRecord()};
    }();
    return records;
}

void checkTerms(const filter::Expression& expression) {
    using Kind = filter::Expression::Kind;
    const auto* number = std::get_if<filter::NumberTerm>(&expression.test);
    hold(!number || (!std::isnan(number->range.from) && !std::isnan(number->range.to)),
         "a number is a number");
    hold(expression.kind != Kind::Not || expression.parts.size() == 1, "a negation has one part");
    for (const filter::Expression& part : expression.parts)
        checkTerms(part);
    for (const ExchangeRecord& record : samples())
        hold(filter::matches({expression}, record) !=
                 filter::matches({{Kind::Not, {}, {expression}}}, record),
             "a minus turns a word round");
}

/// Any text in quotes is a word that finds itself.
void checkQuoting(const QString& text) {
    QString quoted = text;
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    const auto split = filter::tokens(QString(u'"' + quoted + u'"'));
    hold(split && split->size() == 1, "a quoted text is one word");
    hold(split->front().isQuoted && split->front().text == text, "a quoted text is itself");
    const auto query = filter::parse(QString(u'"' + quoted + u'"'));
    ExchangeRecord record;
    record.error = text;
    hold(query && filter::matches(*query, record), "a quoted text is found where it stands");
}

} // namespace

/// Any input is understood or refused with a sentence; two lines that are understood, one after the
/// other, ask for both.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QString input =
        QString::fromUtf8(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    const qsizetype cut = input.indexOf(u'\n');
    const QString first = cut < 0 ? input : input.left(cut);
    const QString second = cut < 0 ? QString() : input.mid(cut + 1);
    const auto one = filter::parse(first);
    const auto other = filter::parse(second);
    hold(one || !one.error().reason.isEmpty(), "a mistake has a sentence");
    hold(one || (one.error().position >= 0 && one.error().length > 0 &&
                 one.error().position + one.error().length <= first.size()),
         "a mistake has a place in the line");
    checkQuoting(first);
    if (!one || !other) return 0;
    checkTerms(one->root);
    // In brackets: `or` binds less than what stands side by side, and a line may be empty.
    if (one->isEmpty() || other->isEmpty()) return 0;
    const auto both =
        filter::parse(QString(u'(' + first + QLatin1String(" ) (") + second + QLatin1String(" )")));
    if (!both) return 0; // too many brackets inside each other
    for (const ExchangeRecord& record : samples())
        hold(filter::matches(*both, record) ==
                 (filter::matches(*one, record) && filter::matches(*other, record)),
             "one line after the other asks for both");
    return 0;
}
