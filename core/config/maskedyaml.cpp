// SPDX-License-Identifier: MIT
#include "core/config/maskedyaml.h"

#include "core/config/yamltree.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretmask.h"
#include "core/secrets/secretnames.h"
#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

/// Says where a secret is, which kind it is, or how many.
bool isReference(QByteArrayView value) {
    static constexpr std::array<QByteArrayView, 3> kPlaces{"env:", "file:", "keychain:"};
    static constexpr std::array<QByteArrayView, 6> kWords{"auto",      "none", "bearer",
                                                          "x-api-key", "true", "false"};
    const auto isStart = [value](QByteArrayView place) { return value.startsWith(place); };
    if (std::any_of(kPlaces.begin(), kPlaces.end(), isStart)) return true;
    if (std::find(kWords.begin(), kWords.end(), value) != kWords.end()) return true;
    constexpr qsizetype kLongestCount = 9;
    return value.size() <= kLongestCount &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Writer {
public:
    void value(const yaml::Node& node, const QByteArray& key, int depth) {
        switch (node.kind) {
        case yaml::Kind::Null: out += " null\n"; return;
        case yaml::Kind::Scalar: out += ' ' + scalar(node.text, key) + '\n'; return;
        case yaml::Kind::List: list(node, key, depth); return;
        case yaml::Kind::Map: map(node, depth); return;
        }
    }
    QByteArray out;

private:
    static QByteArray scalar(const QByteArray& text, const QByteArray& key) {
        if (key == "body") return "‹" + QByteArray::number(text.size()) + " bytes›";
        const bool isSecret = isSecretField(key) || isSecretParameter(key);
        if (isSecret && !isReference(text)) return maskOf(text, false);
        const QByteArray shown = redactedTarget(text);
        const bool isPlain = std::all_of(shown.begin(), shown.end(), [](char c) {
            return c > ' ' && c != '"' && c != '#' && c != '\'' && c != '\x7f';
        });
        return isPlain && !shown.isEmpty() ? shown : jsonString(shown);
    }
    void list(const yaml::Node& node, const QByteArray& key, int depth) {
        out += '\n';
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            out += QByteArray(2 * depth, ' ') + '-';
            // The first is the program.
            const bool isArgument = key == "run" && i > 0;
            value(*node.items[i].node, isArgument ? QByteArray("secret") : key, depth + 1);
        }
    }
    void map(const yaml::Node& node, int depth) {
        out += '\n';
        for (const yaml::Pair& pair : node.pairs) {
            out += QByteArray(2 * depth, ' ') + redactedText(pair.key) + ':';
            value(*pair.value.node, pair.key, depth + 1);
        }
    }
};

} // namespace

QByteArray maskedYaml(const QByteArray& text) {
    const auto root = yaml::parse(text);
    if (!root) return "(no YAML)\n";
    Writer writer;
    writer.value(*root->node, {}, 0);
    return writer.out.trimmed() + '\n';
}

} // namespace sallyport
