// SPDX-License-Identifier: MIT
#include "core/secrets/urlsecrets.h"

#include "core/secrets/secretnames.h"
#include "core/secrets/secretshapes.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr int kMaxDecodings = 2;

/// What a delimiter ends.
enum Ends : quint8 { kPiece = 1, kValue = 2, kValueInPath = 4 };

constexpr std::array<quint8, 256> delimiters() {
    std::array<quint8, 256> out{};
    for (const char c : {'&', '#', '"', '<', '>', ' '})
        out[static_cast<unsigned char>(c)] = kPiece | kValue | kValueInPath;
    for (const char c : {'/', ';', '='})
        out[static_cast<unsigned char>(c)] = kPiece;
    out['?'] = kPiece | kValueInPath;
    return out;
}

bool isEnd(char c, Ends of) {
    static constexpr std::array<quint8, 256> kDelimiters = delimiters();
    return (kDelimiters[static_cast<unsigned char>(c)] & of) != 0;
}

/// Where the user information of an authority that starts at `at` ends (its '@'), or -1.
qsizetype userInfoEnd(QByteArrayView text, qsizetype at) {
    qsizetype last = -1;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '/' || c == '?' || c == '#' || c == ' ' || c == '"') break;
        if (c == '@') last = at;
    }
    return last;
}

QByteArray decoded(QByteArrayView text, bool isForm) {
    QByteArray out = text.toByteArray();
    if (isForm) out.replace('+', ' ');
    return QByteArray::fromPercentEncoding(out);
}

/// One walk over a text, piece by piece: what stands between two delimiters.
class UrlWalk {
public:
    /// `decodings`: how often the text was decoded already.
    UrlWalk(QByteArrayView text, int decodings, SecretSpans& found)
        : m_text(text)
        , m_found(found)
        , m_decodings(decodings)
        , m_isEncoded(text.contains('%') || text.contains('+'))
        , m_hasAt(text.contains('@')) {}

    void run();

private:
    void takeAuthority();
    void takePiece();
    [[nodiscard]] bool takeEncodedValue();
    [[nodiscard]] bool takeEncoded(qsizetype end, bool isForm);
    void takePassword(QByteArrayView piece);
    /// The byte in front of where the walk is; a slash at the front of the text.
    [[nodiscard]] char before() const { return m_at == 0 ? '/' : m_text[m_at - 1]; }
    [[nodiscard]] qsizetype next(Ends of, qsizetype from) const {
        while (from < m_text.size() && !isEnd(m_text[from], of))
            ++from;
        return from;
    }

    QByteArrayView m_text;
    SecretSpans& m_found;
    int m_decodings;
    bool m_isEncoded;
    bool m_hasAt;
    qsizetype m_at = 0;
    qsizetype m_looked = 0; ///< up to here nothing is decoded again
};

void UrlWalk::run() {
    if (!mayHoldUrlSecret(m_text)) return;
    for (; m_at < m_text.size(); ++m_at) {
        if (m_hasAt) takeAuthority();
        takePiece();
    }
}

/// User information after "//", or at the front of authority-form. In what was decoded the front
/// is more often an address of mail.
void UrlWalk::takeAuthority() {
    const bool isFront = m_at == 0 && m_decodings == 0 && m_text[0] != '/';
    const bool isAfterSlashes = m_at >= 2 && m_text[m_at - 1] == '/' && m_text[m_at - 2] == '/';
    if (!isFront && !isAfterSlashes) return;
    const qsizetype end = userInfoEnd(m_text, m_at);
    m_found.add(m_at, end, false);
    m_at = std::max(m_at, end);
}

/// Goes on to the delimiter after the piece.
void UrlWalk::takePiece() {
    const char in = before();
    if (m_isEncoded && in == '=' && takeEncodedValue()) return;
    const qsizetype end = next(kPiece, m_at);
    const QByteArrayView piece = m_text.sliced(m_at, end - m_at);
    const bool mayBeName =
        in == '?' || in == '&' || in == '#' || in == ';' || in == '/' || in == '=';
    if (mayBeName && end < m_text.size() && m_text[end] == '=' && isSecretParameter(piece)) {
        m_at = next(in == '/' ? kValueInPath : kValue, end);
        m_found.add(end + 1, m_at, true);
        return;
    }
    if (m_isEncoded && takeEncoded(end, false)) return;
    if (m_hasAt && (in == '/' || in == '=')) takePassword(piece);
    m_at = end;
}

/// A value is looked at whole, once: a secret may have any delimiter in it.
bool UrlWalk::takeEncodedValue() {
    return m_at >= m_looked && takeEncoded(next(kValue, m_at), true);
}

bool UrlWalk::takeEncoded(qsizetype end, bool isForm) {
    if (m_decodings == kMaxDecodings || m_at < m_looked) return false;
    m_looked = end;
    const QByteArrayView text = m_text.sliced(m_at, end - m_at);
    if (!text.contains('%') && !(isForm && text.contains('+'))) return false;
    const QByteArray inner = decoded(text, isForm);
    SecretSpans found;
    findSecretShapes(inner, Wording::Text, found);
    if (found.isEmpty()) UrlWalk(inner, m_decodings + 1, found).run();
    if (found.isEmpty()) return false;
    // Its end may be the whole of a short secret.
    m_found.add(m_at, end, false);
    m_at = end;
    return true;
}

/// `user:password@host` without slashes in front. Without a colon it is a name, or mail.
void UrlWalk::takePassword(QByteArrayView piece) {
    const qsizetype colon = piece.indexOf(':');
    const qsizetype at = piece.lastIndexOf('@');
    if (colon > 0 && at > colon + 1) m_found.add(m_at, m_at + at, false);
}

} // namespace

// Runs over every target and value of every exchange: a plain loop without an early end, for the
// compiler turns that into wide compares.
bool mayHoldUrlSecret(QByteArrayView text) {
    unsigned found = 0;
    for (const char c : text)
        found |= static_cast<unsigned>(c == '=') | static_cast<unsigned>(c == '@') |
                 static_cast<unsigned>(c == '%');
    return found != 0;
}

void findUrlSecrets(QByteArrayView text, SecretSpans& found) { UrlWalk(text, 0, found).run(); }

} // namespace sallyport
