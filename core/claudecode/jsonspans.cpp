// SPDX-License-Identifier: MIT
#include "core/claudecode/jsonspans.h"

#include "core/support/ascii.h"
#include "core/support/jsonlimits.h"
#include "core/support/jsonstring.h"

#include <algorithm>

namespace sallyport::jsonspans {

namespace {

constexpr QByteArrayView kByteOrderMark("\xEF\xBB\xBF", 3);

/// Reads a text once. Each function begins at its first byte and ends after its last one, or
/// returns false with the fault kept.
class Scanner {
public:
    Scanner(QByteArrayView text, qsizetype at)
        : m_text(text)
        , m_at(at) {}

    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] const Fault& fault() const { return m_fault; }

    bool insignificant();
    bool value(int depth, Kind& kind);
    bool object(int depth, Object* out);
    bool fail(FaultKind kind) { return failAt(kind, m_at); }

private:
    bool failAt(FaultKind kind, qsizetype offset);
    bool unexpected();
    [[nodiscard]] bool isNext(char c) const { return !isAtEnd() && m_text[m_at] == c; }
    bool comment();
    bool string();
    bool escape();
    bool number();
    bool digits();
    bool word(QByteArrayView expected);
    bool array(int depth);
    bool member(int depth, Object* out);

    QByteArrayView m_text;
    qsizetype m_at;
    Fault m_fault;
};

bool Scanner::failAt(FaultKind kind, qsizetype offset) {
    m_fault = {kind, offset};
    return false;
}

bool Scanner::unexpected() {
    return fail(isAtEnd() ? FaultKind::UnexpectedEnd : FaultKind::Unexpected);
}

bool Scanner::insignificant() {
    while (!isAtEnd()) {
        if (isJsonWhitespace(m_text[m_at])) {
            ++m_at;
        } else if (m_text[m_at] == '/') {
            if (!comment()) return false;
        } else {
            break;
        }
    }
    return true;
}

bool Scanner::comment() {
    const QByteArrayView rest = m_text.sliced(m_at);
    if (rest.startsWith("//")) {
        m_at = lineEndAfter(m_text, m_at);
        return true;
    }
    if (!rest.startsWith("/*")) return fail(FaultKind::Unexpected);
    const qsizetype end = rest.indexOf("*/", 2);
    if (end < 0) return fail(FaultKind::OpenComment);
    m_at += end + 2;
    return true;
}

bool Scanner::escape() {
    ++m_at;
    if (isAtEnd()) return unexpected();
    const char c = m_text[m_at++];
    if (QByteArrayView("\"\\/bfnrt").contains(c)) return true;
    if (c != 'u') return failAt(FaultKind::BadString, m_at - 2);
    for (int i = 0; i < 4; ++i, ++m_at) {
        if (isAtEnd()) return unexpected();
        if (!ascii::isHexDigit(m_text[m_at])) return fail(FaultKind::BadString);
    }
    return true;
}

bool Scanner::string() {
    if (!isNext('"')) return unexpected();
    ++m_at;
    while (!isAtEnd()) {
        const char c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            if (!escape()) return false;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            return fail(FaultKind::BadString);
        } else {
            ++m_at;
        }
    }
    return unexpected();
}

bool Scanner::digits() {
    if (isAtEnd() || !ascii::isDigit(m_text[m_at])) return fail(FaultKind::BadNumber);
    while (!isAtEnd() && ascii::isDigit(m_text[m_at]))
        ++m_at;
    return true;
}

bool Scanner::number() {
    if (isNext('-')) ++m_at;
    if (isNext('0')) {
        ++m_at;
        if (!isAtEnd() && ascii::isDigit(m_text[m_at])) return fail(FaultKind::BadNumber);
    } else if (!digits()) {
        return false;
    }
    if (isNext('.')) {
        ++m_at;
        if (!digits()) return false;
    }
    if (isNext('e') || isNext('E')) {
        ++m_at;
        if (isNext('+') || isNext('-')) ++m_at;
        return digits();
    }
    return true;
}

bool Scanner::word(QByteArrayView expected) {
    if (!m_text.sliced(m_at).startsWith(expected)) return unexpected();
    m_at += expected.size();
    return true;
}

bool Scanner::value(int depth, Kind& kind) {
    if (isAtEnd()) return unexpected();
    const bool isNested = isNext('{') || isNext('[');
    if (isNested && depth >= kMaxJsonDepth) return fail(FaultKind::TooDeep);
    switch (m_text[m_at]) {
    case '{': kind = Kind::Object; return object(depth, nullptr);
    case '[': kind = Kind::Array; return array(depth);
    case '"': kind = Kind::String; return string();
    case 't': kind = Kind::Literal; return word("true");
    case 'f': kind = Kind::Literal; return word("false");
    case 'n': kind = Kind::Literal; return word("null");
    default: break;
    }
    kind = Kind::Number;
    if (isNext('-') || ascii::isDigit(m_text[m_at])) return number();
    return unexpected();
}

bool Scanner::array(int depth) {
    ++m_at;
    while (true) {
        if (!insignificant()) return false;
        if (isNext(']')) break;
        Kind kind{};
        if (!value(depth + 1, kind) || !insignificant()) return false;
        if (isNext(']')) break;
        if (!isNext(',')) return unexpected();
        ++m_at;
    }
    ++m_at;
    return true;
}

bool Scanner::member(int depth, Object* out) {
    Member found;
    found.key.begin = m_at;
    if (!string()) return false;
    found.key.end = m_at;
    if (!insignificant()) return false;
    if (!isNext(':')) return unexpected();
    ++m_at;
    if (!insignificant()) return false;
    found.value.begin = m_at;
    if (!value(depth + 1, found.kind)) return false;
    found.value.end = m_at;
    if (!out) return true;
    found.name = decodedJsonString(slice(m_text, found.key));
    out->members.push_back(std::move(found));
    return true;
}

bool Scanner::object(int depth, Object* out) {
    const qsizetype begin = m_at++;
    while (true) {
        if (!insignificant()) return false;
        if (isNext('}')) {
            if (out) out->hasTrailingComma = !out->members.empty();
            break;
        }
        if (!member(depth, out) || !insignificant()) return false;
        if (isNext('}')) break;
        if (!isNext(',')) return unexpected();
        ++m_at;
    }
    ++m_at;
    if (out) out->braces = {begin, m_at};
    return true;
}

} // namespace

Result<std::optional<Root>, Fault> scan(QByteArrayView text) {
    Scanner scanner(text, text.startsWith(kByteOrderMark) ? kByteOrderMark.size() : 0);
    if (!scanner.insignificant()) return Failure{scanner.fault()};
    if (scanner.isAtEnd()) return std::optional<Root>();
    Root root;
    root.span.begin = scanner.at();
    if (!scanner.value(0, root.kind)) return Failure{scanner.fault()};
    root.span.end = scanner.at();
    if (!scanner.insignificant()) return Failure{scanner.fault()};
    if (!scanner.isAtEnd()) return Failure{Fault{FaultKind::TrailingContent, scanner.at()}};
    return std::optional<Root>(root);
}

Object objectAt(QByteArrayView text, qsizetype begin) {
    Object object;
    Scanner scanner(text, begin);
    [[maybe_unused]] const bool isValid = scanner.object(0, &object);
    Q_ASSERT(isValid);
    return object;
}

const Member* find(const Object& object, QByteArrayView name) {
    const auto found = std::find_if(object.members.begin(), object.members.end(),
                                    [name](const Member& member) { return member.name == name; });
    return found == object.members.end() ? nullptr : &*found;
}

int count(const Object& object, QByteArrayView name) {
    return int(std::count_if(object.members.begin(), object.members.end(),
                             [name](const Member& member) { return member.name == name; }));
}

qsizetype skipInsignificant(QByteArrayView text, qsizetype from) {
    Scanner scanner(text, from);
    scanner.insignificant();
    return scanner.at();
}

qsizetype lineEndAfter(QByteArrayView text, qsizetype from) {
    const auto found = std::find_if(text.begin() + from, text.end(),
                                    [](char c) { return c == '\n' || c == '\r'; });
    return found - text.begin();
}

QByteArrayView slice(QByteArrayView text, Span span) {
    return text.sliced(span.begin, span.size());
}

int lineOf(QByteArrayView text, qsizetype offset) {
    const auto end = text.begin() + std::min(offset, text.size());
    return 1 + int(std::count(text.begin(), end, '\n'));
}

} // namespace sallyport::jsonspans
