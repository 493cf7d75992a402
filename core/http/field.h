// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/ascii.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

namespace sallyport {

/// One field line as it stands in a list; valid while the list is not changed.
struct FieldView {
    QByteArrayView name;
    QByteArrayView value;
};

/// A field section (RFC 9110 5): ordered lines, duplicates and letter case kept as they came.
///
/// All bytes live in one buffer, so that a head of twenty fields costs two allocations. Names are
/// compared without regard to ASCII case. A value type; copies are independent.
class FieldList {
public:
    class const_iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = FieldView;
        using difference_type = std::ptrdiff_t;
        using pointer = const FieldView*;
        using reference = FieldView;
        const_iterator(const FieldList& list, std::size_t at)
            : m_list(&list)
            , m_at(at) {}
        FieldView operator*() const { return m_list->at(m_at); }
        const_iterator& operator++() {
            ++m_at;
            return *this;
        }
        friend bool operator==(const const_iterator& a, const const_iterator& b) {
            return a.m_at == b.m_at;
        }

    private:
        const FieldList* m_list;
        std::size_t m_at;
    };

    /// Adds a line at the end. The caller has checked the grammar of both; they may be views into
    /// this list.
    void append(QByteArrayView name, QByteArrayView value);
    /// Puts `value` in the place of the first line of that name and removes the others; appends
    /// the line when there is none.
    void set(QByteArrayView name, QByteArrayView value);
    /// Removes every line of that name; returns how many there were.
    std::size_t removeAll(QByteArrayView name);
    /// Removes every line whose name is the same to a CGI program (isSameCgiName()).
    std::size_t removeEverySpelling(QByteArrayView name);
    /// The same, but for the lines that removeAll() would remove.
    std::size_t removeOtherSpellings(QByteArrayView name);
    void clear();
    /// Room for `lines` lines of `bytes` bytes in all.
    void reserve(std::size_t lines, qsizetype bytes);
    /// A copy with room for so many more lines and bytes: what is added to it costs no allocation.
    [[nodiscard]] FieldList withRoom(std::size_t lines, qsizetype bytes) const;

    [[nodiscard]] bool isEmpty() const { return m_lines.empty(); }
    [[nodiscard]] std::size_t size() const { return m_lines.size(); }
    [[nodiscard]] FieldView at(std::size_t index) const {
        Q_ASSERT(index < m_lines.size());
        const Line& line = m_lines[index];
        const char* const bytes = m_bytes.constData();
        return {{bytes + line.nameAt, static_cast<qsizetype>(line.nameSize)},
                {bytes + line.valueAt, static_cast<qsizetype>(line.valueSize)}};
    }
    [[nodiscard]] const_iterator begin() const { return {*this, 0}; }
    [[nodiscard]] const_iterator end() const { return {*this, m_lines.size()}; }

    [[nodiscard]] bool contains(QByteArrayView name) const { return first(name).has_value(); }
    [[nodiscard]] std::size_t count(QByteArrayView name) const;
    /// The value of the first line of that name.
    [[nodiscard]] std::optional<QByteArrayView> first(QByteArrayView name) const;
    /// The values of all lines of that name, joined by ", " (RFC 9110 5.3).
    [[nodiscard]] QByteArray combined(QByteArrayView name) const;
    /// True when one of the comma-separated members of that field is `token` (case-insensitive,
    /// parameters after ';' not counted).
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;

    /// Equal lines in equal order, byte for byte.
    friend bool operator==(const FieldList& a, const FieldList& b);

private:
    struct Line {
        std::uint32_t nameAt, nameSize, valueAt, valueSize;
    };
    /// Where in our buffer a view starts that lies in it, else -1: growing moves the buffer.
    [[nodiscard]] qsizetype offsetOf(QByteArrayView bytes) const;
    [[nodiscard]] bool hasName(const Line& line, QByteArrayView name) const {
        return line.nameSize == static_cast<std::size_t>(name.size()) &&
               ascii::equalsIgnoreCase({m_bytes.constData() + line.nameAt, name.size()}, name);
    }
    [[nodiscard]] QByteArrayView nameOf(const Line& line) const;
    QByteArray m_bytes;
    std::vector<Line> m_lines;
};

/// Whether a server that passes fields on as variables takes both names for one: letters without
/// regard to case, and each byte that is neither a letter nor a digit for `_`. RFC 3875 4.1.18 says
/// so of `-`; lighttpd and PHP do it with others as well.
[[nodiscard]] bool isSameCgiName(QByteArrayView a, QByteArrayView b);

/// The members of a comma-separated list value (RFC 9110 5.6.1): trimmed, empty ones left out,
/// commas inside quoted strings not split on.
[[nodiscard]] std::vector<QByteArrayView> listMembers(QByteArrayView value);

} // namespace sallyport
