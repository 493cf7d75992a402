// SPDX-License-Identifier: MIT
#include "core/route/betavalues.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr QByteArrayView kBeta("anthropic-beta");

bool isAmong(const std::vector<QByteArray>& values, QByteArrayView value) {
    return std::any_of(values.begin(), values.end(),
                       [value](const QByteArray& each) { return each == value; });
}

/// The line without what is to be removed.
QByteArray keptOf(QByteArrayView line, const BetaRules& rules) {
    const std::vector<QByteArrayView> members = listMembers(line);
    if (std::none_of(members.begin(), members.end(),
                     [&](QByteArrayView member) { return isAmong(rules.remove, member); }))
        return line.toByteArray();
    QByteArray kept;
    for (const QByteArrayView member : members) {
        if (isAmong(rules.remove, member)) continue;
        if (!kept.isEmpty()) kept.append(',');
        kept.append(member);
    }
    return kept;
}

} // namespace

void applyBetaRules(const BetaRules& rules, FieldList& fields) {
    if (rules.set.empty() && rules.remove.empty()) return;
    std::vector<QByteArray> lines;
    for (const FieldView field : fields) {
        if (!ascii::equalsIgnoreCase(field.name, kBeta)) continue;
        QByteArray kept = keptOf(field.value, rules);
        if (!kept.isEmpty()) lines.push_back(std::move(kept));
    }
    for (const QByteArray& value : rules.set) {
        const bool isThere = std::any_of(lines.begin(), lines.end(), [&](const QByteArray& line) {
            const auto members = listMembers(line);
            return std::find(members.begin(), members.end(), value) != members.end();
        });
        if (isThere) continue;
        if (lines.empty())
            lines.push_back(value);
        else
            lines.back().append(',').append(value);
    }
    fields.removeEverySpelling(kBeta);
    for (const QByteArray& line : lines)
        fields.append(kBeta, line);
}

} // namespace sallyport
