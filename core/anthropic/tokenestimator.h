// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Estimates how many input tokens a Messages request has, while its content passes in pieces of
/// any size; keeps none of it. No tokeniser: a quarter of a token for each character of ASCII that
/// is not white space between values, a half for other letters of two bytes, one for those of three
/// (as Chinese has them), two for the rest, and 1600 for a text of base64 of 1 KiB or more,
/// whatever its length, which is what an image of full size counts.
class TokenEstimator {
public:
    void feed(QByteArrayView json);
    /// For what came so far, rounded up; at least 1.
    [[nodiscard]] qint64 tokens() const;

private:
    enum class Place { Between, InString, AfterBackslash, InEscape };

    void takeBetween(char c);
    void takeInString(char c);
    void takeEscape(char c);
    void countCharacter(char c);
    void endString();

    Place m_place = Place::Between;
    qint64 m_quarters = 0;
    qint64 m_stringQuarters = 0;
    qint64 m_stringBytes = 0;
    bool m_isBase64 = true; ///< the string so far
    int m_escapeDigits = 0;
    unsigned m_escaped = 0; ///< the UTF-16 unit of an escape
};

/// The content of a response to `count_tokens` that is an estimate: `{"input_tokens":…,
/// "estimated":true}`.
[[nodiscard]] QByteArray estimateBody(qint64 tokens);

} // namespace sallyport
