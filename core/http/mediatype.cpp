// SPDX-License-Identifier: MIT
#include "core/http/mediatype.h"

#include "core/http/headgrammar.h"
#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr auto kToken = grammar::TokenByte;

void skipOws(QByteArrayView& text) {
    while (!text.isEmpty() && (text[0] == ' ' || text[0] == '\t'))
        text = text.sliced(1);
}

QByteArrayView takeToken(QByteArrayView& text) {
    const QByteArrayView token = text.first(grammar::spanOf(text, kToken));
    text = text.sliced(token.size());
    return token;
}

bool takeByte(QByteArrayView& text, char wanted) {
    if (text.isEmpty() || text[0] != wanted) return false;
    text = text.sliced(1);
    return true;
}

/// RFC 9110 5.6.4; the first `"` has been taken.
bool takeQuotedRest(QByteArrayView& text) {
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            text = text.sliced(at + 1);
            return true;
        }
    }
    return false;
}

bool takeParameters(QByteArrayView& text) {
    skipOws(text);
    while (takeByte(text, ';')) {
        skipOws(text);
        if (!takeToken(text).isEmpty()) {
            if (!takeByte(text, '=')) return false;
            if (takeByte(text, '"')) {
                if (!takeQuotedRest(text)) return false;
            } else if (takeToken(text).isEmpty()) {
                return false;
            }
        }
        skipOws(text);
    }
    return text.isEmpty();
}

} // namespace

std::optional<MediaType> parseMediaType(QByteArrayView text) {
    MediaType out;
    skipOws(text);
    out.type = takeToken(text);
    if (out.type.isEmpty() || !takeByte(text, '/')) return std::nullopt;
    out.subtype = takeToken(text);
    if (out.subtype.isEmpty() || !takeParameters(text)) return std::nullopt;
    return out;
}

bool hasMediaType(const FieldList& fields, QByteArrayView typeAndSubtype) {
    auto value = fields.first("Content-Type");
    if (!value) return false;
    skipOws(*value);
    // Nearly all that is asked for and not there ends here.
    if (!ascii::equalsIgnoreCase(value->first(std::min(value->size(), typeAndSubtype.size())),
                                 typeAndSubtype))
        return false;
    const auto found = parseMediaType(*value);
    return found && found->type.size() + 1 + found->subtype.size() == typeAndSubtype.size() &&
           fields.count("Content-Type") == 1;
}

} // namespace sallyport
