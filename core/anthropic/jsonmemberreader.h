// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sallyport {

/// Reads a few members of one JSON object while its text passes in pieces of any size. Builds no
/// tree, keeps no content, and needs the same memory for any length and depth of the text.
///
/// Lenient where JSON.parse, with which the clients read, is: half a surrogate pair and bytes that
/// are not UTF-8 become U+FFFD; of a member that stands twice the last one counts, unless it is
/// asked for otherwise. The inside of strings, and of values that hold no member that is looked
/// for, is not checked.
class JsonMemberReader {
public:
    /// A string is kept up to so many bytes of its text, escapes as they are written.
    static constexpr qsizetype kMaxCaptured = 4096;

    enum class State {
        Open,      ///< the end of the object has not come
        Whole,     ///< the object has ended, and only whitespace has followed
        Malformed, ///< it is not a JSON object
        TooDeep,   ///< nested deeper than kMaxJsonDepth; what follows is not read
    };

    /// Which one counts of a member that stands twice.
    enum class Repeated {
        Last,  ///< as JSON.parse has it
        First, ///< what was told of a member never changes with what follows
    };

    /// Where a member stands in the text.
    struct Place {
        int times = 0;         ///< how often it was met
        bool isString = false; ///< the one that counts
        qint64 begin = 0;      ///< of its value as written: the quote of a string
        qint64 end = 0;        ///< after the value; 0: it is not whole, or no string or literal
    };

    /// `paths`: the members to look for, each by the names that lead to it from the root, joined by
    /// dots ("usage.input_tokens"). Borrowed; has to outlive the reader.
    explicit JsonMemberReader(std::span<const std::string_view> paths,
                              Repeated counts = Repeated::Last)
        : m_paths(paths)
        , m_counts(counts)
        , m_values(paths.size()) {}

    void feed(QByteArrayView bytes);
    [[nodiscard]] State state() const;

    /// The member of one of the paths, as far as it was read; empty when it is absent or not a
    /// string. Valid UTF-8.
    [[nodiscard]] QByteArray text(std::string_view path) const;
    /// The same for a number: absent when it is not a whole one from 0 to 2^63 - 1.
    [[nodiscard]] std::optional<qint64> count(std::string_view path) const;
    /// Where it stands, in bytes from the first one that was fed.
    [[nodiscard]] const Place& place(std::string_view path) const { return valueAt(path).place; }

private:
    enum class Step {
        BeforeObject,
        BeforeFirstName,
        BeforeName,
        InName,
        BeforeColon,
        BeforeValue,
        InString,
        InLiteral,
        InSkipped,       ///< an object or array that holds nothing that is looked for
        InSkippedString, ///< a string inside of it
        AfterValue,
        AfterObject,
        Malformed,
        TooDeep
    };
    struct Value {
        enum class Kind { Absent, String, Literal };
        Kind kind = Kind::Absent;
        QByteArray text; ///< as written; of a string what stands between the quotes
        Place place;
    };

    [[nodiscard]] const Value& valueAt(std::string_view path) const;
    void takeStructural(char c);
    void takeValueStart(char c);
    void openNested(bool isObject);
    void closeObject();
    void takeString(QByteArrayView bytes, qsizetype& at);
    [[nodiscard]] qsizetype stringEnd(QByteArrayView bytes, qsizetype from);
    void endString();
    void takeLiteral(QByteArrayView bytes, qsizetype& at);
    void takeSkipped(QByteArrayView bytes, qsizetype& at);
    void capture(QByteArrayView bytes);
    void keepMember(Value::Kind kind);

    std::span<const std::string_view> m_paths;
    Repeated m_counts;
    std::vector<Value> m_values; ///< one for each path
    Step m_step = Step::BeforeObject;
    QByteArray m_object;      ///< path of the object that is being read; empty: the root
    QByteArray m_member;      ///< path of the member that is being read
    QByteArray m_captured;    ///< of the string or literal that is being read
    bool m_isKept = false;    ///< the member is one that is looked for
    bool m_isEscaped = false; ///< the byte to come follows a backslash
    qint64 m_offset = 0;      ///< of the byte that is being read, from the first one on
    int m_depth = 0;          ///< levels that are open
    int m_skippedFrom = 0;    ///< the level at which skipping began
};

} // namespace sallyport
