// SPDX-License-Identifier: MIT
#include "core/http/field.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace sallyport {

namespace {

void copyBytes(char* to, const char* from, qsizetype size) {
    if (size > 0) std::memcpy(to, from, static_cast<std::size_t>(size));
}

} // namespace

void FieldList::append(QByteArrayView name, QByteArrayView value) {
    const qsizetype at = m_bytes.size();
    const qsizetype valueAt = at + name.size();
    Q_ASSERT(valueAt + value.size() < (qsizetype{1} << 31));
    const qsizetype ownName = offsetOf(name);
    const qsizetype ownValue = offsetOf(value);
    m_bytes.resize(valueAt + value.size());
    char* const bytes = m_bytes.data();
    copyBytes(bytes + at, ownName < 0 ? name.data() : bytes + ownName, name.size());
    copyBytes(bytes + valueAt, ownValue < 0 ? value.data() : bytes + ownValue, value.size());
    m_lines.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(name.size()),
                       static_cast<std::uint32_t>(valueAt),
                       static_cast<std::uint32_t>(value.size())});
}

qsizetype FieldList::offsetOf(QByteArrayView bytes) const {
    const char* const start = m_bytes.constData();
    const std::less<const char*> isBefore;
    const bool isOurs = !bytes.isEmpty() && !isBefore(bytes.data(), start) &&
                        isBefore(bytes.data(), start + m_bytes.size());
    return isOurs ? bytes.data() - start : -1;
}

void FieldList::set(QByteArrayView name, QByteArrayView value) {
    const auto isNamed = [&](const Line& line) { return hasName(line, name); };
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), isNamed);
    if (found == m_lines.end()) {
        append(name, value);
        return;
    }
    found->valueAt = static_cast<std::uint32_t>(m_bytes.size());
    found->valueSize = static_cast<std::uint32_t>(value.size());
    // Before the erasure: `name` may be a view into a line of ours.
    m_lines.erase(std::remove_if(found + 1, m_lines.end(), isNamed), m_lines.end());
    m_bytes.append(value);
}

std::size_t FieldList::removeAll(QByteArrayView name) {
    return std::erase_if(m_lines, [&](const Line& line) { return hasName(line, name); });
}

std::size_t FieldList::removeEverySpelling(QByteArrayView name) {
    return std::erase_if(m_lines,
                         [&](const Line& line) { return isSameCgiName(nameOf(line), name); });
}

std::size_t FieldList::removeOtherSpellings(QByteArrayView name) {
    return std::erase_if(m_lines, [&](const Line& line) {
        return isSameCgiName(nameOf(line), name) && !hasName(line, name);
    });
}

void FieldList::clear() {
    m_bytes.resize(0);
    m_lines.clear();
}

void FieldList::reserve(std::size_t lines, qsizetype bytes) {
    m_lines.reserve(lines);
    m_bytes.reserve(bytes);
}

FieldList FieldList::withRoom(std::size_t lines, qsizetype bytes) const {
    FieldList out;
    out.reserve(m_lines.size() + lines, m_bytes.size() + bytes);
    out.m_lines.insert(out.m_lines.end(), m_lines.begin(), m_lines.end());
    out.m_bytes.resize(m_bytes.size());
    copyBytes(out.m_bytes.data(), m_bytes.constData(), m_bytes.size());
    return out;
}

std::size_t FieldList::count(QByteArrayView name) const {
    return static_cast<std::size_t>(std::count_if(
        m_lines.begin(), m_lines.end(), [&](const Line& line) { return hasName(line, name); }));
}

std::optional<QByteArrayView> FieldList::first(QByteArrayView name) const {
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (hasName(m_lines[i], name)) return at(i).value;
    }
    return std::nullopt;
}

QByteArray FieldList::combined(QByteArrayView name) const {
    QByteArray out;
    bool isFirst = true;
    for (const FieldView field : *this) {
        if (!ascii::equalsIgnoreCase(field.name, name)) continue;
        if (!isFirst) out.append(", ");
        out.append(field.value);
        isFirst = false;
    }
    return out;
}

bool FieldList::hasToken(QByteArrayView name, QByteArrayView token) const {
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!hasName(m_lines[i], name)) continue;
        for (QByteArrayView member : listMembers(at(i).value)) {
            const qsizetype semicolon = member.indexOf(';');
            if (semicolon >= 0) member = ascii::trimmedOws(member.first(semicolon));
            if (ascii::equalsIgnoreCase(member, token)) return true;
        }
    }
    return false;
}

QByteArrayView FieldList::nameOf(const Line& line) const {
    return {m_bytes.constData() + line.nameAt, static_cast<qsizetype>(line.nameSize)};
}

bool operator==(const FieldList& a, const FieldList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](FieldView x, FieldView y) {
        return x.name == y.name && x.value == y.value;
    });
}

bool isSameCgiName(QByteArrayView a, QByteArrayView b) {
    const auto folded = [](char c) {
        const char lower = ascii::toLower(c);
        return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') ? lower : '_';
    };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) {
               return folded(x) == folded(y);
           });
}

std::vector<QByteArrayView> listMembers(QByteArrayView value) {
    std::vector<QByteArrayView> members;
    const auto add = [&](qsizetype from, qsizetype to) {
        const QByteArrayView member = ascii::trimmedOws(value.sliced(from, to - from));
        if (!member.isEmpty()) members.push_back(member);
    };
    qsizetype from = 0;
    bool isQuoted = false;
    for (qsizetype at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (isQuoted && c == '\\') {
            ++at;
        } else if (c == '"') {
            isQuoted = !isQuoted;
        } else if (c == ',' && !isQuoted) {
            add(from, at);
            from = at + 1;
        }
    }
    add(std::min(from, value.size()), value.size());
    return members;
}

} // namespace sallyport
